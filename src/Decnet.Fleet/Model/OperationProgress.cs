namespace Decnet.Fleet.Model;

/// <summary>How far an <see cref="Operation"/> that runs has got.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Done">How many of the phase's parts are done: images, or containers.</param>
/// <param name="Total">How many parts the phase has; 0 when it has none to count.</param>
public sealed record OperationProgress(OperationPhase Phase, int Done = 0, int Total = 0);
