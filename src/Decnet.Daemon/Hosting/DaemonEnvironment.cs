namespace Decnet.Daemon.Hosting;

using System.Net;
using Decnet.Daemon.Output;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Operations;
using Microsoft.Extensions.Logging;

/// <summary>Everything that a command gets from outside.</summary>
internal sealed record DaemonEnvironment
{
    internal required Terminal Terminal { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    internal required Func<string, string?> Variable { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Connects to the container runtime. Nothing is asked of it before the first call.</summary>
    /// <value>Null for Docker, as the environment and the options say.</value>
    internal Func<ILogger, IContainerRuntime>? Connect { get; init; }

    /// <summary>Finds the network of this host, for fleets whose description does not name one.</summary>
    internal Func<string?, CancellationToken, Task<HostInterface>> DetectInterface { get; init; } = HostInterfaces.DetectAsync;

    /// <summary>Tells which addresses of a network this host knows to be taken.</summary>
    /// <value>Null for what the system says.</value>
    internal Func<IPNetwork, CancellationToken, Task<TakenAddresses>>? Taken { get; init; }

    /// <summary>How long to wait for others who work on the fleet.</summary>
    internal TimeSpan LockWait { get; init; } = new FleetServiceOptions().LockWait;

    /// <summary>The path of the running executable, for units; null when it cannot be told.</summary>
    internal string? Executable { get; init; }

    /// <summary>The words that start this program again.</summary>
    internal IReadOnlyList<string> Self { get; init; } = [];

    /// <summary>The number of the process.</summary>
    internal int ProcessId { get; init; }

    /// <summary>Whether the process has the rights of root.</summary>
    internal bool IsRoot { get; init; }

    /// <summary>The version of the program.</summary>
    internal string Version { get; init; } = typeof(DaemonEnvironment).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Who runs the program, for the records of orders.</summary>
    internal string User { get; init; } = "unknown";

#pragma warning disable RS0030 // This is where the environment enters.
    internal static DaemonEnvironment OfProcess() => new()
    {
        Terminal = Terminal.OfProcess(Environment.GetEnvironmentVariable),
        Variable = Environment.GetEnvironmentVariable,
        Executable = Environment.ProcessPath,
        ProcessId = Environment.ProcessId,
        IsRoot = Environment.IsPrivilegedProcess,
        Self = SelfOfProcess(),
        Clock = ShiftedClock.Of(Environment.GetEnvironmentVariable(ShiftedClock.Variable)),
        User = Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user ? user : Environment.UserName,
    };

    /// <summary>A program that was built and not published runs in <c>dotnet</c>, which has to be told its assembly.</summary>
    static string[] SelfOfProcess() =>
        Environment.ProcessPath is not { } program ? []
        : Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "decnetd.dll")]
        : [program];
#pragma warning restore RS0030
}
