namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What the fleet file wants of one decky. What takes time to make is made when it is first asked for.</summary>
internal sealed class WantedDecky(Decky decky, Fleet fleet, DeckyComposer composer)
{
    string? digest;
    string? configJson;
    string? configHash;

    internal Decky Decky => decky;

    /// <summary>What its host reports when it has the same configuration.</summary>
    internal string Digest => digest ??= DeckyDigest.Of(decky);

    internal string ConfigJson => configJson ??= FleetJson.Write(decky);

    internal string ConfigHash => configHash ??= Compose();

    string Compose()
    {
        try
        {
            return composer.Compose(fleet, decky).ConfigHash;
        }
        catch (DecnetException)
        {
            // The catalog here does not have what the host has. Its row still needs a hash that changes with the decky.
            return Digest;
        }
    }
}
