namespace Decnet.Fleet.Swarm.Tests.Agents;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;

/// <summary>What is special about the host of a test.</summary>
internal sealed record AgentLabOptions
{
    TaskCompletionSource? held;

    /// <summary>Work that was accepted does not begin before <see cref="Release"/>.</summary>
    internal bool Held
    {
        init => held = value ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
    }

    internal Task Hold => held?.Task ?? Task.CompletedTask;

    /// <summary>Two processes never choose the same identities.</summary>
    internal int Seed { get; init; } = 1;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    internal TimeSpan AcceptanceWait { get; init; } = TimeSpan.FromSeconds(30);

    internal IWorkLock? Lock { get; init; }

    internal InMemoryContainerRuntime? Runtime { get; init; }

    internal string? Problem { get; set; }

    internal Func<string?, CancellationToken, Task<HostNetworkFacts>> Detect { get; init; } = static (_, _) => Task.FromResult(AgentLab.Lan);

    internal void Release() => held?.TrySetResult();
}
