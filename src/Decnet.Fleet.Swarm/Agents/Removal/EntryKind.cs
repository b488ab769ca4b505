namespace Decnet.Fleet.Swarm.Agents.Removal;

/// <summary>What an entry of a folder is.</summary>
internal enum EntryKind
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A folder, or file, on which another file system is mounted.</summary>
    Mount,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, a pipe or a socket.</summary>
    Other,
}
