namespace Decnet.Shell.Flow;

/// <summary>Something that work has put out.</summary>
public abstract record OutletItem
{
    OutletItem()
    {
    }

    /// <summary>A result.</summary>
    /// <param name="Value">The result.</param>
    public sealed record Result(object Value) : OutletItem;

    /// <summary>A fault of one item.</summary>
    /// <param name="Fault">The fault.</param>
    public sealed record Failure(Fault Fault) : OutletItem;

    /// <summary>A warning.</summary>
    /// <param name="Message">The text.</param>
    public sealed record Warning(string Message) : OutletItem;

    /// <summary>Something for those who asked for more.</summary>
    /// <param name="Message">The text.</param>
    public sealed record Detail(string Message) : OutletItem;

    /// <summary>How far the work has come.</summary>
    /// <param name="Value">How far.</param>
    public sealed record Advance(WorkProgress Value) : OutletItem;
}
