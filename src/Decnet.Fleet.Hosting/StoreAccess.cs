namespace Decnet.Fleet.Hosting;

/// <summary>What a <see cref="LocalFleet"/> is opened for.</summary>
public enum StoreAccess
{
    /// <summary>To look: nothing is created, and a store that does not exist reads as an empty one.</summary>
    Read,

    /// <summary>To work: the store is created when there is none.</summary>
    Write,

    /// <summary>To work for long: as <see cref="Write"/>, and it looks for what others write less often, which costs less.</summary>
    Serve,
}
