namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Model = Decnet.Fleet.Model;

/// <summary>A fleet as it should be.</summary>
public sealed class Fleet
{
    readonly Lazy<Decky[]> deckies;

    internal Fleet(Model.Fleet fleet, long? generation = null, string condition = "described", string? path = null)
    {
        Desired = fleet;
        Generation = generation;
        Condition = condition;
        Path = path;
        deckies = new Lazy<Decky[]>(() => [.. fleet.Deckies.Select(decky => new Decky(decky, fleet))]);
    }

    /// <summary>The deckies.</summary>
    public Decky[] Deckies => deckies.Value;

    /// <summary>The network that they are in.</summary>
    public string Subnet => Desired.Subnet.ToString();

    /// <summary>The gateway of the network.</summary>
    public string Gateway => Desired.Gateway.ToString();

    /// <summary>The interface of the host that they are attached to; null when the engine makes a network of its own.</summary>
    public string? Interface => Desired.Interface;

    /// <summary>The driver of the network: <c>macvlan</c>, <c>ipvlan</c> or <c>bridge</c>.</summary>
    public string Driver => Token<NetworkDriver>.Of(Desired.Driver);

    /// <summary>The generation of the fleet file; null for a fleet that is not the deployed one.</summary>
    public long? Generation { get; }

    /// <summary>Where it came from: <c>described</c>, or for the deployed fleet how its file came to be, such as <c>saved</c> or <c>edited_by_hand</c>.</summary>
    public string Condition { get; }

    /// <summary>The file that it was read from; null for none.</summary>
    public string? Path { get; }

    internal Model.Fleet Desired { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Desired.Deckies.Count} deckies in {Subnet}");
}
