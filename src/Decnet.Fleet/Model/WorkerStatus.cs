namespace Decnet.Fleet.Model;

/// <summary>How a <see cref="Worker"/> is.</summary>
public enum WorkerStatus
{
    /// <summary>It beat within <see cref="Worker.StaleAfter"/>.</summary>
    Alive,

    /// <summary>It has not beaten for longer, and did not say that it ends.</summary>
    Stale,

    /// <summary>It ended in an orderly way.</summary>
    Stopped,
}
