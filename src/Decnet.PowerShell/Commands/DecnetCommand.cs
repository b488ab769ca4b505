namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;

/// <summary>
/// What all cmdlets share: work runs on the thread pool, what it puts out is written on the thread of the pipeline, and stopping the
/// pipeline cancels it.
/// </summary>
public abstract class DecnetCommand : PSCmdlet, IDisposable
{
    const int ProgressId = 1;

    /// <summary>How often progress is drawn at most.</summary>
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    readonly CancellationTokenSource stopping = new();

    /// <summary>Fires when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <summary>What the cmdlet works on.</summary>
    private protected static DecnetSession Session => DecnetSession.Current;

    /// <summary>What progress is shown under.</summary>
    private protected virtual string Activity => MyInvocation.MyCommand?.Name ?? GetType().Name;

    /// <summary>Lets go of what the cmdlet holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels the work.</summary>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>Lets go of what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        // The source of the token is left to the collector: what was cancelled may still look at it.
    }

    /// <summary>Runs work to its end, and gives its result. A fault ends the cmdlet.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return Task.Run(() => work(StopToken), StopToken).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever it is becomes an error record.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw Ended(error);
        }
    }

    /// <summary>Runs work to its end. A fault ends the cmdlet.</summary>
    private protected void Await(Func<CancellationToken, Task> work) =>
        Await(async token =>
        {
            await work(token).ConfigureAwait(false);
            return true;
        });

    /// <summary>Does something that needs no wait. A fault ends the cmdlet.</summary>
    private protected T Do<T>(Func<T> work)
    {
        try
        {
            return work();
        }
#pragma warning disable CA1031 // Whatever it is becomes an error record.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw Ended(error);
        }
    }

    /// <summary>Runs work on the thread pool and writes what it puts out, until it ends. A fault that it throws ends the cmdlet.</summary>
    private protected void Drain(Func<IOutlet, CancellationToken, Task> work) => Drain(work, error => throw Ended(error));

    /// <summary>As <see cref="Drain(Func{IOutlet, CancellationToken, Task})"/>, for one item of several: a fault that it throws is reported, and the others go on.</summary>
    private protected void DrainItem(object target, Func<IOutlet, CancellationToken, Task> work) =>
        Drain(work, error =>
        {
            if (StopToken.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            Fail(error, target);
        });

    void Drain(Func<IOutlet, CancellationToken, Task> work, Action<Exception> failed)
    {
        var shown = false;
        using var background = new BackgroundWork(work, ProgressInterval, cancellationToken: StopToken);
        try
        {
            foreach (var item in background.Items())
            {
                shown |= item is OutletItem.Advance;
                Show(item);
            }
        }
        catch (RuntimeException)
        {
            // Somebody further down has enough, as Select-Object -First has, or an error is to end the script.
            stopping.Cancel();
            throw;
        }
#pragma warning disable CA1031 // Whatever it is becomes an error record.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failed(error);
        }
        finally
        {
            if (shown && !StopToken.IsCancellationRequested)
            {
                WriteProgress(new ProgressRecord(ProgressId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    /// <summary>Reports a fault of one item; the cmdlet goes on.</summary>
    private protected void Fail(Fault fault) => WriteError(ErrorRecords.Of(fault));

    /// <summary>Reports what something threw, each fault as one error; the cmdlet goes on.</summary>
    private protected void Fail(Exception error, object? target = null)
    {
        foreach (var fault in Faults.Of(error, target))
        {
            Fail(fault);
        }
    }

    /// <summary>The path of a file that need not exist, as the file system knows it.</summary>
    private protected string PathOf(string path)
    {
        var found = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? found
            : throw Ended(new FaultException(new Fault("PathNotAFile", FaultCategory.InvalidArgument, $"'{path}' is not a path of the file system.", path)));
    }

    /// <summary>The files that a path with wildcards stands for. One without wildcards that is not there is reported.</summary>
    private protected IReadOnlyList<string> FilesOf(string path)
    {
        try
        {
            return SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException error)
        {
            Fail(new Fault("PathNotFound", FaultCategory.ObjectNotFound, error.Message, path, error));
            return [];
        }
    }

    void Show(OutletItem item)
    {
        switch (item)
        {
            case OutletItem.Result { Value: var value }:
                WriteObject(value);
                break;
            case OutletItem.Failure { Fault: var fault }:
                Fail(fault);
                break;
            case OutletItem.Warning { Message: var text }:
                WriteWarning(text);
                break;
            case OutletItem.Detail { Message: var text }:
                WriteVerbose(text);
                break;
            case OutletItem.Advance { Value: var progress }:
                WriteProgress(new ProgressRecord(ProgressId, Activity, progress.Status)
                {
                    PercentComplete = progress.Total > 0 ? Math.Min(100, progress.Done * 100 / progress.Total) : -1,
                });
                break;
        }
    }

    /// <summary>Reports all faults of an error but the last, and gives what ends the cmdlet with the last.</summary>
    private protected Exception Ended(Exception error)
    {
        if (StopToken.IsCancellationRequested)
        {
            return new PipelineStoppedException();
        }

        var faults = Faults.Of(error);
        foreach (var fault in faults.SkipLast(1))
        {
            Fail(fault);
        }

        ThrowTerminatingError(ErrorRecords.Of(faults[^1]));
        return error;
    }
}
