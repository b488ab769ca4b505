namespace Decnet.Shell.Flow;

/// <summary>Where work that runs on the thread pool puts what a shell has to show. All methods may be called from any thread.</summary>
public interface IOutlet
{
    /// <summary>Hands over a result. Waits when many are not taken yet.</summary>
    /// <param name="result">The result, one of the types of <c>Decnet.Shell.Output</c>.</param>
    /// <exception cref="OperationCanceledException">Nobody takes results any more.</exception>
    void Write(object result);

    /// <summary>Reports a fault of one item; the work goes on.</summary>
    /// <param name="fault">The fault.</param>
    void Fail(Fault fault);

    /// <summary>Warns.</summary>
    /// <param name="message">The text.</param>
    void Warn(string message);

    /// <summary>Tells what is of interest to those who asked for more.</summary>
    /// <param name="message">The text.</param>
    void Tell(string message);

    /// <summary>Tells how far the work has come. Only the newest is shown.</summary>
    /// <param name="progress">How far.</param>
    void Report(WorkProgress progress);
}
