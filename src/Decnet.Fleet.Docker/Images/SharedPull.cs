namespace Decnet.Fleet.Docker.Images;

/// <summary>One pull that several callers wait for. It ends early only when the last of them has gone.</summary>
internal sealed class SharedPull(Func<IProgress<string>, CancellationToken, Task> pull) : IProgress<string>
{
    readonly Lock gate = new();
    readonly List<IProgress<string>?> waiting = [];
    readonly CancellationTokenSource left = new();
    Task? running;
    string? last;

    /// <summary>Whether nobody waits for it any more, because it has ended or because all have gone.</summary>
    internal bool IsLeft => left.IsCancellationRequested;

    /// <summary>Counts a caller in and tells it how far the pull is; the first one starts it.</summary>
    /// <returns>False when the pull was given up.</returns>
    internal bool TryJoin(IProgress<string>? progress)
    {
        string? told;
        lock (gate)
        {
            if (left.IsCancellationRequested)
            {
                return false;
            }

            waiting.Add(progress);
            running ??= Task.Run(() => pull(this, left.Token));
            told = last;
        }

        if (told is not null)
        {
            progress?.Report(told);
        }

        return true;
    }

    /// <summary>Waits for the end of the pull.</summary>
    internal async Task WaitAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await running!.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(progress);
        }
    }

    public void Report(string value)
    {
        IProgress<string>?[] told;
        lock (gate)
        {
            last = value;
            told = [.. waiting];
        }

        foreach (var progress in told)
        {
            progress?.Report(value);
        }
    }

    void Leave(IProgress<string>? progress)
    {
        lock (gate)
        {
            waiting.Remove(progress);
            if (waiting.Count > 0)
            {
                return;
            }
        }

        left.Cancel();
    }
}
