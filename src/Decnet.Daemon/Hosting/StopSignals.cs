namespace Decnet.Daemon.Hosting;

using System.Runtime.InteropServices;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation, so that work ends in an orderly way. The second one ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly List<PosixSignalRegistration> registrations = [];
    int received;

    StopSignals()
    {
    }

    internal CancellationToken Token => stop.Token;

    internal static StopSignals Register()
    {
        var signals = new StopSignals();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            signals.registrations.Add(PosixSignalRegistration.Create(signal, signals.Handle));
        }

        return signals;
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
    }

    void Handle(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref received) > 1)
        {
            Environment.Exit(ExitCodes.Failure);
        }

        context.Cancel = true;
        stop.Cancel();
    }
}
