namespace Decnet.Fleet.Tests.Lifecycle;

using Decnet.Fleet.Lifecycle;
using Xunit;

public sealed class LanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Everything_is_done_once_and_in_order_where_nothing_waits(int lanes)
    {
        var done = new List<int>();

        await Lanes.RunAsync([1, 2, 3, 4, 5, 6, 7], lanes, item => Done(done, item), CancellationToken.None);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], done);
    }

    [Fact]
    public async Task After_a_failure_nothing_is_begun_and_what_is_under_way_ends()
    {
        var slow = new TaskCompletionSource();
        var begun = new List<int>();
        var running = Lanes.RunAsync(
            [1, 2, 3, 4],
            2,
            item =>
            {
                begun.Add(item);
                return item == 1 ? slow.Task : Task.FromException(new InvalidOperationException("the second one fails"));
            },
            CancellationToken.None);

        Assert.False(running.IsCompleted);
        slow.SetResult();

        Assert.Equal("the second one fails", (await Assert.ThrowsAsync<InvalidOperationException>(() => running)).Message);
        Assert.Equal([1, 2], begun);
    }

    [Fact]
    public async Task A_cancelled_run_begins_nothing_further()
    {
        using var cancel = new CancellationTokenSource();
        var done = new List<int>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Lanes.RunAsync(
            [1, 2, 3],
            1,
            item =>
            {
                cancel.Cancel();
                return Done(done, item);
            },
            cancel.Token));

        Assert.Equal([1], done);
    }

    static Task Done(List<int> done, int item)
    {
        done.Add(item);
        return Task.CompletedTask;
    }
}
