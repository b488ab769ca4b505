namespace Decnet.Daemon.Output;

using Decnet.Fleet.Model;

/// <summary>A host as it is shown.</summary>
/// <param name="Host">The host, with its status of now.</param>
/// <param name="Deckies">How many deckies it has rows of.</param>
internal sealed record HostRow(FleetHost Host, int Deckies);
