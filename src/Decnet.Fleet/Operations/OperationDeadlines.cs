namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>How long an operation may take before it counts as abandoned, from the moment it is recorded. Each is more than zero.</summary>
public sealed record OperationDeadlines
{
    /// <summary>For <see cref="OperationKind.Deploy"/>; images may have to be pulled.</summary>
    /// <value>Default: 30 minutes.</value>
    public TimeSpan Deploy { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>For <see cref="OperationKind.Mutate"/>.</summary>
    /// <value>Default: 15 minutes.</value>
    public TimeSpan Mutate { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For <see cref="OperationKind.Teardown"/>.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan Teardown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The one for a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The time.</returns>
    public TimeSpan For(OperationKind kind) => kind switch
    {
        OperationKind.Deploy => Deploy,
        OperationKind.Mutate => Mutate,
        _ => Teardown,
    };

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Deploy, TimeSpan.Zero, nameof(Deploy));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Mutate, TimeSpan.Zero, nameof(Mutate));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Teardown, TimeSpan.Zero, nameof(Teardown));
    }
}
