namespace Decnet.Fleet.Swarm.Pki;

using Decnet.Fleet.Model;

/// <summary>What a certificate says of its holder. Nothing of it is taken from the holder's own request.</summary>
internal sealed record LeafOptions
{
    /// <summary>What the holder is.</summary>
    internal required LeafRole Role { get; init; }

    /// <summary>The addresses and host names under which the holder is reached; those that are neither are refused.</summary>
    internal ValueList<string> Names { get; init; } = [];

    /// <summary>How long it is good from now on; never longer than the authority itself.</summary>
    internal TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(397);
}
