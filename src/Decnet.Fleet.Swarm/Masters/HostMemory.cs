namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Swarm.Contract;

/// <summary>What a ledger remembers of one host, so that a report that says nothing new costs nearly nothing. Used by one at a time.</summary>
internal sealed class HostMemory
{
    /// <summary>Who works on the host's reports.</summary>
    internal SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>When the host was enrolled; one that is enrolled anew counts its reports from the beginning.</summary>
    internal DateTimeOffset? EnrolledAt { get; set; }

    /// <summary>The highest number of its reports.</summary>
    internal long Number { get; set; }

    /// <summary>The last report after which store and rows agreed, without its number; null when there is none.</summary>
    internal HostReport? Settled { get; set; }

    /// <summary>What the fleet file wanted of the host then.</summary>
    internal WantedHost? Wanted { get; set; }

    /// <summary>The last event of the log then: all that others change here, they tell there.</summary>
    internal long Sequence { get; set; }

    /// <summary>Since when reports have left out open operations.</summary>
    internal Dictionary<Guid, DateTimeOffset> Unlisted { get; } = [];

    internal void Reset(DateTimeOffset enrolledAt, long number)
    {
        EnrolledAt = enrolledAt;
        Number = number;
        Settled = null;
        Unlisted.Clear();
    }
}
