namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>News of work on a fleet.</summary>
/// <param name="Operation">The operation that moved, as it is now.</param>
/// <param name="Ended">How many operations of the work have ended.</param>
/// <param name="Total">How many operations the work has.</param>
public sealed record DeployProgress(Operation Operation, int Ended, int Total);
