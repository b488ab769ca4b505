namespace Decnet.Engine.Tests.Decnetd;

using System.Text.Json;
using Decnet.Engine.Tests.Killing;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>A state folder and a real engine, on which the program runs as its users run it.</summary>
sealed class DecnetdLab : IDisposable
{
    readonly TemporaryFolder folder = new();

    internal DecnetdLab(RealEngine engine)
    {
        Engine = engine;
        State = new StateFolder(folder.File("state"));
    }

    internal RealEngine Engine { get; }

    internal StateFolder State { get; }

    /// <summary>A lab on the engine that all tests share, with none of our containers.</summary>
    internal static async Task<DecnetdLab> OpenAsync(TestEngine engine)
    {
        await engine.CleanAsync();
        return new DecnetdLab(new RealEngine(engine.Endpoint, engine.DockerCli));
    }

    /// <summary>Writes an INI file.</summary>
    /// <returns>Its path.</returns>
    internal string Ini(string text, string name = "fleet.ini")
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    internal DecnetdProcess Start(params string[] words) => StartOn(Engine.Endpoint, words);

    /// <summary>Starts it with another way to the engine.</summary>
    internal DecnetdProcess StartOn(string endpoint, params string[] words) => new(
        [.. words, "--state-dir", State.Path, "--docker-host", endpoint],
        new Dictionary<string, string?> { ["DECNET_IMAGE_POLICY"] = "tag", ["NOTIFY_SOCKET"] = null, ["JOURNAL_STREAM"] = null });

    /// <summary>Runs a command line to its end.</summary>
    internal async Task<CommandResult> RunAsync(params string[] words)
    {
        using var process = Start(words);
        return await process.EndAsync();
    }

    /// <summary>Runs a command line to its end, which has to be a good one.</summary>
    internal async Task<CommandResult> DoAsync(params string[] words)
    {
        var result = await RunAsync(words);
        Assert.True(result.ExitCode == 0, $"decnetd {string.Join(' ', words)} ended with {result.ExitCode}:\n{result.Errors}\n{result.Output}");
        return result;
    }

    /// <summary>Starts a worker and waits until it works.</summary>
    internal async Task<DecnetdProcess> StartWorkerAsync(params string[] words)
    {
        var worker = Start(["reconcile", "--interval", "1", .. words]);
        if (await worker.SaysAsync("Following the events of the engine"))
        {
            return worker;
        }

        using (worker)
        {
            throw new InvalidOperationException($"The worker ended: {worker.Errors}");
        }
    }

    /// <summary>What <c>status --json</c> says of a decky.</summary>
    internal async Task<(string State, string? Reason)> StatusAsync(string name)
    {
        var status = await DoAsync("status", name, "--json");
        var decky = status.Output.Split('\n').Select(line => JsonElement.Parse(line)).Single(line => line.GetProperty("kind").GetString() == "decky");
        return (decky.GetProperty("state").GetString()!, decky.GetProperty("reason").GetString());
    }

    internal Task<SqliteStateStore> OpenStoreAsync() => SqliteStateStore.OpenAsync(State.Database);

    internal async Task<IReadOnlyList<Operation>> OperationsAsync()
    {
        await using var store = await OpenStoreAsync();
        return await store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue });
    }

    public void Dispose() => folder.Dispose();
}
