namespace Decnet.Fleet.State;

/// <summary>Why the state store refused.</summary>
public enum StateStoreError
{
    /// <summary>Something that has no kind of its own; the cause says more.</summary>
    Other,

    /// <summary>Other processes kept it locked for longer than the wait. Trying again makes sense.</summary>
    Locked,

    /// <summary>It, or its folder, cannot be written.</summary>
    ReadOnly,

    /// <summary>It was made by a newer version of Decnet.</summary>
    NewerVersion,

    /// <summary>It is damaged.</summary>
    Corrupt,

    /// <summary>It is not a database, or a database of another program.</summary>
    NotADatabase,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>It was closed.</summary>
    Closed,

    /// <summary>It was opened for reading alone, and there is none, or nobody has finished making it.</summary>
    Missing,
}
