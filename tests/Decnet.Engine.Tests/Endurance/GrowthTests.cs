namespace Decnet.Engine.Tests.Endurance;

using System.Net.Sockets;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>That the measure of endurance sees what it is for: one leak in a hundred times.</summary>
public sealed class GrowthTests : IDisposable
{
    const int Times = 2_000;

    readonly TemporaryFolder folder = new();
    readonly CancellationTokenSource ending = new();
    readonly List<object> leaked = [];

    [EngineTheory]
    [InlineData("a socket")]
    [InlineData("a file")]
    [InlineData("a thread")]
    [InlineData("memory")]
    public async Task One_leak_in_a_hundred_times_is_seen(string what)
    {
        await File.WriteAllTextAsync(folder.File("file"), "");

        var growth = await Growth.MeasureAsync(Times, times => LeakAsync(what, times / 100));

        Assert.True(Record.Exception(growth.Check) is not null, growth.ToString());
    }

    [Theory]
    [InlineData(1024 * 32, true)]
    [InlineData(1024 * 4, false)]
    public void Memory_that_is_let_go_in_a_few_parts_hides_no_leak_in_the_others(int leakInPart, bool isSeen)
    {
        // Other tests of the process let go of what they held whenever the collector finds it, so what is real here is made up there.
        int[] released = [-1024 * 1024, 0, 0, -300_000, 0, 0, 0, 0, 0, 0];
        var sizes = new List<ProcessSize> { new(1, 20, 10, 5, 8_000_000) };
        foreach (var change in released)
        {
            sizes.Add(sizes[^1] with { Memory = sizes[^1].Memory + leakInPart + change });
        }

        var growth = new Growth(Times, [.. sizes]);

        Assert.Equal(isSeen, Record.Exception(growth.Check) is not null);
    }

    [EngineFact]
    public async Task Nothing_is_seen_where_nothing_leaks() => (await Growth.MeasureAsync(Times, _ => Task.CompletedTask)).Check();

    public void Dispose()
    {
        ending.Cancel();
        leaked.OfType<IDisposable>().ToList().ForEach(one => one.Dispose());
        leaked.OfType<Thread>().ToList().ForEach(one => one.Join());
        folder.Dispose();
        ending.Dispose();
    }

    Task LeakAsync(string what, int count)
    {
        for (var leak = 0; leak < count; leak++)
        {
            leaked.Add(what switch
            {
                "a socket" => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
                "a file" => new FileStream(folder.File("file"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite),
                "a thread" => Started(),
                _ => new byte[256 * 1024],
            });
        }

        return Task.CompletedTask;
    }

    Thread Started()
    {
        var waiting = ending.Token.WaitHandle;
        var thread = new Thread(() => waiting.WaitOne());
        thread.Start();
        return thread;
    }
}
