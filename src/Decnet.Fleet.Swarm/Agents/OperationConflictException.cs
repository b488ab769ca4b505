namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;

/// <summary>A command is for deckies that are being worked on. Nothing of it was done; it may be sent again when the work has ended.</summary>
public sealed class OperationConflictException : DecnetException
{
    /// <summary>Makes the error for open operations.</summary>
    /// <param name="open">The operations that are in the way.</param>
    public OperationConflictException(IReadOnlyCollection<Operation> open)
        : base($"An operation is under way on {Describe(open)}. Try again when it has ended.") => Open = [.. open];

    /// <summary>Makes the error for something else that is in the way.</summary>
    /// <param name="message">What it is, and what to do.</param>
    public OperationConflictException(string message) : base(message) => Open = [];

    /// <summary>The operations that are in the way.</summary>
    /// <value>None when it is something else, such as the host's own removal.</value>
    public ValueList<Operation> Open { get; }

    static string Describe(IReadOnlyCollection<Operation> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return string.Join(", ", open.Select(operation => $"'{operation.DeckyName}' ({Token<OperationKind>.Of(operation.Kind)} {operation.Id})"));
    }
}
