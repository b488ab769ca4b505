namespace Decnet.PowerShell.Tests.Shell.Flow;

using Decnet.Shell.Flow;
using Xunit;

public sealed class StoppedWorkTests
{
    [Fact]
    public async Task Work_that_goes_on_after_it_was_stopped_is_not_waited_for_to_its_end()
    {
        using var stopping = new CancellationTokenSource();
        var end = new TaskCompletionSource();
        try
        {
            // The work ends after this alone, so that waiting for it would last for ever.
            await Task.Run(() => StopAtTheFirstItem(new BackgroundWork((outlet, _) => DripAsync(outlet, end.Task), TimeSpan.Zero, cancellationToken: stopping.Token), stopping))
                .WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            end.SetResult();
        }
    }

    static void StopAtTheFirstItem(BackgroundWork work, CancellationTokenSource stopping)
    {
        using (work)
        {
            Assert.Throws<OperationCanceledException>(() =>
            {
                foreach (var _ in work.Items())
                {
                    stopping.Cancel();
                }
            });
        }
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
