namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What happened, line by line: the last lines for people, and a hash over all of them to compare two runs.</summary>
internal sealed class Trace(int kept)
{
    const ulong Prime = 1099511628211;

    readonly Queue<string> tail = new();

    internal ulong Hash { get; private set; } = 14695981039346656037;

    internal long Lines { get; private set; }

    internal IEnumerable<string> Tail => tail;

    internal void Add(string line)
    {
        foreach (var c in line)
        {
            Hash = (Hash ^ c) * Prime;
        }

        Hash = (Hash ^ '\n') * Prime;
        Lines++;
        tail.Enqueue(line);
        if (tail.Count > kept)
        {
            tail.Dequeue();
        }
    }
}
