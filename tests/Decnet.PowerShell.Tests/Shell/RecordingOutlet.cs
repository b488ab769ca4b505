namespace Decnet.PowerShell.Tests.Shell;

using System.Collections.Concurrent;
using Decnet.Shell.Flow;

/// <summary>Keeps what work puts out.</summary>
internal sealed class RecordingOutlet : IOutlet
{
    internal ConcurrentQueue<object> Results { get; } = new();

    internal ConcurrentQueue<Fault> Faults { get; } = new();

    internal ConcurrentQueue<string> Warnings { get; } = new();

    internal IEnumerable<T> Of<T>() => Results.OfType<T>();

    public void Write(object result) => Results.Enqueue(result);

    public void Fail(Fault fault) => Faults.Enqueue(fault);

    public void Warn(string message) => Warnings.Enqueue(message);

    public void Tell(string message)
    {
    }

    public void Report(WorkProgress progress)
    {
    }
}
