namespace Decnet.Engine.Tests.Endurance;

using System.Diagnostics;

/// <summary>What this process holds of the machine.</summary>
/// <param name="Sockets">Open sockets.</param>
/// <param name="Files">All open descriptors, but those of code: it is loaded when it is first needed, and stays.</param>
/// <param name="Threads">Threads that do not belong to the pool.</param>
/// <param name="PoolThreads">Threads of the pool, whose number comes and goes with the load.</param>
/// <param name="Memory">Bytes that live objects take.</param>
sealed record ProcessSize(int Sockets, int Files, int Threads, int PoolThreads, long Memory)
{
    const int Looks = 5;

    static readonly string[] Code = [".dll", ".pdb", ".so"];

    /// <summary>
    /// The least of several looks: what is just being let go, and threads that the pool keeps for a while, come and go; a leak
    /// stays.
    /// </summary>
    public static async Task<ProcessSize> MeasureAsync()
    {
        var least = Look();
        for (var look = 1; look < Looks; look++)
        {
            await Task.Delay(50);
            var now = Look();
            least = new ProcessSize(
                Math.Min(least.Sockets, now.Sockets),
                Math.Min(least.Files, now.Files),
                Math.Min(least.Threads, now.Threads),
                Math.Min(least.PoolThreads, now.PoolThreads),
                Math.Min(least.Memory, now.Memory));
        }

        return least;
    }

    public static ProcessSize operator -(ProcessSize after, ProcessSize before) => new(
        after.Sockets - before.Sockets,
        after.Files - before.Files,
        after.Threads - before.Threads,
        after.PoolThreads - before.PoolThreads,
        after.Memory - before.Memory);

    public override string ToString() => FormattableString.Invariant($"{Sockets} sockets, {Files} descriptors, {Threads} threads, {PoolThreads} threads of the pool, {Memory} bytes");

    static ProcessSize Look()
    {
        // Twice: what a finalizer lets go is gone after the next one.
        Collect();
        GC.WaitForPendingFinalizers();
        Collect();
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        var targets = Directory.GetFiles("/proc/self/fd").Select(TargetOf).ToArray();
        using var process = Process.GetCurrentProcess();
        var (threads, pool) = (process.Threads.Count, ThreadPool.ThreadCount);
        return new ProcessSize(
            targets.Count(target => target.StartsWith("socket:", StringComparison.Ordinal)),
            targets.Count(target => !Code.Contains(Path.GetExtension(target))),
            threads - pool,
            pool,
            heap.HeapSizeBytes - heap.FragmentedBytes);
    }

    static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

    static string TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return ""; // It was closed meanwhile, such as that of this listing.
        }
    }
}
