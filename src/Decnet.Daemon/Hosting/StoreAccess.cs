namespace Decnet.Daemon.Hosting;

/// <summary>What a command does with the state folder.</summary>
internal enum StoreAccess
{
    /// <summary>Nothing is written or made; a store that is not there counts as an empty one.</summary>
    Read,

    /// <summary>The store is made when it is not there.</summary>
    Write,

    /// <summary>As <see cref="Write"/>, for a process that lives long: it looks for what others have written once a second.</summary>
    Serve,
}
