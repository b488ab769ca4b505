namespace Decnet.PowerShell.Tests.Shell.Flow;

using System.Diagnostics;
using Decnet.Shell.Flow;
using Xunit;

public sealed class StoppedWorkTests
{
    [Fact]
    public async Task Work_that_goes_on_after_it_was_stopped_is_waited_for_less_than_a_second()
    {
        using var stopping = new CancellationTokenSource();
        var end = new TaskCompletionSource();
        var took = Stopwatch.StartNew();
        using (var work = new BackgroundWork((outlet, _) => DripAsync(outlet, end.Task), TimeSpan.Zero, cancellationToken: stopping.Token))
        {
            Assert.Throws<OperationCanceledException>(() =>
            {
                foreach (var _ in work.Items())
                {
                    if (!stopping.IsCancellationRequested)
                    {
                        took.Restart();
                        stopping.Cancel();
                    }
                }
            });
        }

        Assert.True(took.Elapsed < TimeSpan.FromSeconds(1), $"It took {took.Elapsed}.");
        end.SetResult();
        await end.Task;
    }

    /// <summary>Puts something out again and again.</summary>
    static async Task DripAsync(IOutlet outlet, Task end)
    {
        while (!end.IsCompleted)
        {
            outlet.Tell("still here");
            await Task.Delay(100);
        }
    }
}
