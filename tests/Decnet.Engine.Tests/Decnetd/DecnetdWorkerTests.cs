namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Testing;
using Xunit;

/// <summary>The worker beside commands and intruders.</summary>
public sealed class DecnetdWorkerTests(TestEngine engine) : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task A_worker_that_repairs_does_not_meddle_with_commands()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        using var creations = new Creations(lab.Engine);
        using var worker = await lab.StartWorkerAsync("--repair", "recreate");

        await lab.DoAsync("deploy", lab.Ini(LabIni.Of(LabIni.Group("web", 20))));
        await lab.DoAsync("deploy", lab.Ini(LabIni.Of(LabIni.Decky("late", "ftp")), "late.ini"));
        await lab.DoAsync("mutate", "web-02", "--service", "ssh,telnet");
        await lab.DoAsync("teardown", "web-01");
        await LabVerdict.AllRunAsync(lab, [.. LabIni.Names("web", 20).Skip(1), "late"]);
        await lab.DoAsync("teardown", "--all", "--yes");
        await lab.DoAsync("stop", "reconciler");

        var end = await worker.EndAsync();
        Assert.True(end.ExitCode == 0, end.Errors);
        await LabVerdict.NothingIsLeftAsync(lab);
        await using var store = await lab.OpenStoreAsync();
        var history = await EventHistory.ReadAsync(store);
        Assert.Equal(LabIni.Names("web", 20).Append("late").Order(), history.Deckies.Order());
        Assert.All(history.Deckies, decky => Assert.Equal(
            ["inserted pending", "state_changed running", .. decky == "web-02" ? ["config_changed running"] : Array.Empty<string>(), "state_changed tearing_down", "deleted torn_down"],
            history.TransitionsOf(decky)));
        var made = await creations.ReadAsync();
        // What the mutation exchanges is one service; the base and the other service stay.
        Assert.Equal(
            LabIni.Names("web", 20).SelectMany(name => new[] { name, $"{name}-ssh", $"{name}-http" }).Concat(["late", "late-ftp", "web-02-telnet"]).Order(),
            made.Order());
    }

    [EngineFact]
    public async Task What_was_killed_is_told_by_those_who_look_and_healed_by_the_worker()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        await lab.DoAsync("deploy", lab.Ini(LabIni.Of(LabIni.Group("web", 3))));
        Assert.Equal(0, (await lab.RunAsync("reconcile", "--once", "--dry-run")).ExitCode);
        await lab.Engine.RunAsync("kill", "web-02-ssh");

        var look = await lab.RunAsync("reconcile", "--once", "--dry-run", "--repair", "restart");
        var status = await lab.StatusAsync("web-02");
        using var worker = await lab.StartWorkerAsync("--repair", "recreate");
        await Eventually.TrueAsync(async () => (await lab.Engine.ContainersAsync()).All(container => container.Status == "running"), Patience);
        await Eventually.TrueAsync(async () => await lab.StatusAsync("web-02") == ("running", null), Patience);
        await worker.SignalAsync("TERM");

        Assert.Equal(4, look.ExitCode);
        Assert.Contains("web-02-ssh exited with code 137", look.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("web-01", look.Output, StringComparison.Ordinal);
        Assert.Equal(("degraded", "web-02-ssh exited with code 137"), status);
        var end = await worker.EndAsync();
        Assert.True(end.ExitCode == 0, end.Errors);
        await LabVerdict.AllRunAsync(lab, LabIni.Names("web", 3));
    }

    [EngineFact]
    public async Task A_suspended_decky_is_left_alone_until_it_is_resumed()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        await lab.DoAsync("deploy", lab.Ini(LabIni.Of(LabIni.Group("web", 2))));
        await lab.DoAsync("suspend", "web-01", "--reason", "an intruder is in it");
        using var worker = await lab.StartWorkerAsync("--repair", "recreate");

        await lab.Engine.RunAsync("kill", "web-01-ssh", "web-02-ssh");
        await Eventually.TrueAsync(() => IsAsync(lab, "web-02-ssh", "running"), Patience);
        Assert.True(await IsAsync(lab, "web-01-ssh", "exited"));
        Assert.Equal("degraded", (await lab.StatusAsync("web-01")).State);
        await lab.DoAsync("resume", "web-01");
        await Eventually.TrueAsync(() => IsAsync(lab, "web-01-ssh", "running"), Patience);

        await lab.DoAsync("stop", "reconciler");
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
        await LabVerdict.AllRunAsync(lab, LabIni.Names("web", 2));
    }

    [EngineFact]
    public async Task A_shadow_worker_tells_what_it_would_do_and_changes_nothing()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        await lab.DoAsync("deploy", lab.Ini(LabIni.Of(LabIni.Group("web", 2))));
        await using var store = await lab.OpenStoreAsync();
        var rows = await RowsAsync(store);
        using var worker = await lab.StartWorkerAsync("--repair", "recreate", "--shadow");

        await lab.Engine.RunAsync("kill", "web-01-ssh");
        var containers = await lab.Engine.ContainersAsync();
        Assert.True(await worker.SaysAsync("web-01-ssh"), worker.Errors);
        await lab.DoAsync("stop", "reconciler-shadow");

        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
        Assert.Equal(containers, await lab.Engine.ContainersAsync());
        Assert.Equal(rows, await RowsAsync(store));
        Assert.Equal(["inserted pending", "state_changed running"], (await EventHistory.ReadAsync(store)).TransitionsOf("web-01"));
    }

    /// <summary>What is written in the rows. When deckies were last seen comes from the workers.</summary>
    static async Task<DeckyRow[]> RowsAsync(SqliteStateStore store) =>
        [.. (await store.ListDeckiesAsync()).Select(row => row with { LastSeen = null })];

    static async Task<bool> IsAsync(DecnetdLab lab, string container, string status) =>
        (await lab.Engine.ContainersAsync()).Single(one => one.Name == container).Status == status;
}
