namespace Decnet.Daemon.Hosting;

using System.Runtime.InteropServices;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancellation, so that work ends in an orderly way. The second one ends the process at once. What
/// comes right after the first is the same one: terminals and programs such as <c>timeout</c> send it to a process and to its group.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(500);

    readonly CancellationTokenSource stop = new();
    readonly List<PosixSignalRegistration> registrations = [];
    readonly TimeProvider clock = TimeProvider.System;
    long first;

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
        context.Cancel = true;
        var before = Interlocked.CompareExchange(ref first, clock.GetTimestamp(), 0);
        if (before == 0)
        {
            stop.Cancel();
        }
        else if (clock.GetElapsedTime(before) > Echo)
        {
            Environment.Exit(ExitCodes.Failure);
        }
    }
}
