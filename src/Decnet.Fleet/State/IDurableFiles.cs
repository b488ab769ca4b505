namespace Decnet.Fleet.State;

/// <summary>
/// The few steps that loading and saving consist of. Each says what a crash of the machine may leave behind, so that a
/// simulated file system can crash between, and inside, any two of them.
/// </summary>
internal interface IDurableFiles
{
    /// <summary>Runs a sequence of steps: off the caller's thread on real files, in place in a simulation.</summary>
    Task<T> RunAsync<T>(Func<T> steps);

    /// <summary>Makes a folder with its parents, unless it is there. Durable on return.</summary>
    void CreateFolder(string folder);

    /// <summary>Reads a whole file; null when there is none. A file that is larger than the limit is an <see cref="IOException"/>.</summary>
    byte[]? Read(string path, long maxBytes);

    /// <summary>
    /// Makes a new file and flushes its contents to the disk. A crash before the return may leave no file, an empty one or
    /// a part of it. After the return the contents are durable; the name is so after <see cref="FlushFolder"/>.
    /// </summary>
    void Create(string path, ReadOnlySpan<byte> contents);

    /// <summary>
    /// Moves a file within its folder, over another one if there is one: at every moment the target is the old file or
    /// the new one, complete. A crash before <see cref="FlushFolder"/> may undo it.
    /// </summary>
    void Rename(string from, string to);

    /// <summary>Makes the names in a folder durable: what was created, renamed and deleted before it stays so.</summary>
    void FlushFolder(string folder);

    /// <summary>The paths of files in a folder whose names begin and end so; none when there is no folder.</summary>
    IReadOnlyList<string> List(string folder, string prefix, string suffix);

    /// <summary>Removes a file if it is there. A crash before <see cref="FlushFolder"/> may bring it back.</summary>
    void Delete(string path);

    /// <summary>
    /// Takes an exclusive lock on a file, which is made when it is not there, and writes into it who holds it; null when
    /// somebody else, in this process or another, holds it. The end of the process releases it.
    /// </summary>
    IDisposable? TryLock(string path, string holder);

    /// <summary>Reads who holds a lock; null when that cannot be told.</summary>
    string? ReadHolder(string path);
}
