namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>One operation with the decky that it is about.</summary>
/// <param name="Operation">The operation as it was recorded.</param>
/// <param name="Decky">What the decky should be; null when it is to be removed and nothing is known of it but its name.</param>
/// <param name="Previous">What it was before; null when it is new.</param>
public sealed record OperationItem(Operation Operation, Decky? Decky, Decky? Previous = null)
{
    /// <summary>The name of the decky.</summary>
    public DeckyName Name => Operation.DeckyName;
}
