namespace Decnet.Engine.Tests.Endurance;

using Xunit;

/// <summary>How the process grew while something was done many times, measured several times on the way.</summary>
sealed class Growth
{
    const int Parts = 10;

    /// <summary>In so many parts other memory may be let go, such as connections that nobody has needed for a while.</summary>
    const int Outliers = 2;

    /// <summary>A thread that the pool takes on brings buffers of its own and may open one more connection to the database.</summary>
    const int PoolSlack = 8;
    const int FileSlack = 4;
    const long MemorySlack = 1024 * 1024;
    const long SteadySlack = 8 * 1024;

    /// <summary>Less than an object of a request with what belongs to it.</summary>
    const long LeakSize = 1024;

    readonly int times;
    readonly ProcessSize[] sizes;

    /// <summary>Judges sizes that were measured already.</summary>
    /// <param name="times">How often something was done in all.</param>
    /// <param name="sizes">The sizes before the first part, and after each.</param>
    public Growth(int times, ProcessSize[] sizes) => (this.times, this.sizes) = (times, sizes);

    ProcessSize Whole => sizes[^1] - sizes[0];

    IEnumerable<long> MemoryOfParts => sizes.Skip(1).Zip(sizes, (after, before) => after.Memory - before.Memory);

    /// <summary>The least growth of memory in any part but the outliers: a leak makes all of them grow, chance does not.</summary>
    long SteadyMemory => MemoryOfParts.Order().ElementAt(Outliers);

    /// <summary>Measures while something is done.</summary>
    /// <param name="times">How often it is done.</param>
    /// <param name="some">Does it a number of times.</param>
    public static async Task<Growth> MeasureAsync(int times, Func<int, Task> some)
    {
        var sizes = new ProcessSize[Parts + 1];
        sizes[0] = await ProcessSize.MeasureAsync();
        for (var part = 1; part <= Parts; part++)
        {
            await some(times / Parts);
            sizes[part] = await ProcessSize.MeasureAsync();
        }

        return new Growth(times, sizes);
    }

    /// <summary>Fails when more stayed than half of what one leak in a hundred times would leave.</summary>
    public void Check()
    {
        var leaks = Math.Max(1, times / 200);
        Assert.InRange(Whole.Sockets, int.MinValue, leaks);
        Assert.InRange(Whole.Files, int.MinValue, leaks + FileSlack);
        Assert.InRange(Whole.Threads, int.MinValue, leaks);
        Assert.InRange(Whole.PoolThreads, int.MinValue, leaks + PoolSlack);
        Assert.InRange(Whole.Memory, long.MinValue, (leaks * LeakSize) + MemorySlack);
        Assert.InRange(SteadyMemory, long.MinValue, (leaks * LeakSize / Parts) + SteadySlack);
    }

    public override string ToString() => FormattableString.Invariant(
        $"after {times} times {Whole} more than {sizes[0]}; in the parts {string.Join(", ", MemoryOfParts)} bytes more");
}
