namespace Decnet.Daemon.Tests.Support;

using System.Net;
using Decnet.Daemon.Commands;
using Decnet.Daemon.Hosting;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;

/// <summary>A state folder and an engine in memory, on which the real command line works.</summary>
internal sealed class Lab : IDisposable
{
    readonly TemporaryFolder folder = new();

    internal Lab(HostId? host = null)
    {
        State = new StateFolder(folder.File("state"));
        Engine = new InMemoryContainerRuntime(host ?? HostId.Local);
    }

    internal StateFolder State { get; }

    internal InMemoryContainerRuntime Engine { get; }

    /// <summary>The words that start the program, for what has to run in a process of its own.</summary>
    internal string[] Self { get; set; } = [];

    /// <summary>The process that counts as the one of the program.</summary>
    internal int ProcessId { get; set; } = 1;

    /// <summary>The network of the host; null for a host without one.</summary>
    internal HostInterface? Network { get; set; }

    /// <summary>Addresses of the host.</summary>
    internal ValueList<IPAddress> Own { get; set; } = [];

    internal Dictionary<string, string> Variables { get; } = [];

    internal string File(string name) => folder.File(name);

    internal string Ini(string text)
    {
        var path = File("fleet.ini");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    internal Task<SqliteStateStore> OpenStoreAsync() => SqliteStateStore.OpenAsync(State.Database);

    internal FleetFile FleetFile() => new(State.FleetFile);

    /// <summary>Runs a command line to its end.</summary>
    internal Task<Outcome> RunAsync(params string[] words) => RunAsync(words, new TestConsole());

    internal async Task<Outcome> RunAsync(
        string[] words, TestConsole console, bool isTerminal = false, string input = "", CancellationToken cancellationToken = default)
    {
        var code = await DecnetdCommand.RunAsync(words, Environment(console, isTerminal, input), cancellationToken);
        return new Outcome(code, console.Out, console.Errors);
    }

    internal DaemonEnvironment Environment(TestConsole console, bool isTerminal = false, string input = "") => new()
    {
        Terminal = console.Terminal(isTerminal, input),
        Variable = name => name == StateFolder.EnvironmentVariable ? State.Path : Variables.GetValueOrDefault(name),
        Connect = _ => Engine,
        DetectInterface = (_, _) => Task.FromResult(Network ?? throw new DecnetException("This host has no network.")),
        Taken = (_, _) => Task.FromResult(new TakenAddresses { Own = Own }),
        LockWait = TimeSpan.FromMilliseconds(200),
        Executable = "/usr/local/bin/decnetd",
        Self = Self,
        ProcessId = ProcessId,
        User = "tester",
    };

    public void Dispose() => folder.Dispose();
}
