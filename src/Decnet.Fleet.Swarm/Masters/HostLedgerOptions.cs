namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>How a <see cref="HostLedger"/> works.</summary>
public sealed record HostLedgerOptions
{
    /// <summary>The host that the master itself is: its deckies are not those of any report.</summary>
    /// <value>Default: <see cref="HostId.Local"/>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>The image that stands in for services without an image, as <see cref="DeckyComposer"/> takes it; it is part of the hashes of rows.</summary>
    /// <value>Default: <see cref="DeckyComposer.DefaultDecoyImage"/>.</value>
    public string DecoyImage { get; init; } = DeckyComposer.DefaultDecoyImage;

    /// <summary>How long the sign of life of a report that says nothing new may wait, so that those of many hosts are written together.</summary>
    /// <value>Default: 1 second. At least zero, which writes each at once; at most 10 seconds.</value>
    public TimeSpan BeatDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the reports of a host must leave an open operation out, which nobody here is handing over, before it is ended: the host has
    /// no record of it.
    /// </summary>
    /// <value>Default: 60 seconds. At least zero.</value>
    public TimeSpan RecordGrace { get; init; } = TimeSpan.FromSeconds(60);

    internal void Validate()
    {
        DeckyComposer.Checked(DecoyImage, nameof(DecoyImage));
        ArgumentOutOfRangeException.ThrowIfLessThan(BeatDelay, TimeSpan.Zero, nameof(BeatDelay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BeatDelay, TimeSpan.FromSeconds(10), nameof(BeatDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(RecordGrace, TimeSpan.Zero, nameof(RecordGrace));
    }
}
