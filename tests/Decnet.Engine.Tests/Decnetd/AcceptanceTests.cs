namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>A fleet's life as an operator sees it. With <c>DECNET_RECORDING=FILE</c> the session is written down.</summary>
public sealed class AcceptanceTests(TestEngine engine) : IAsyncLifetime
{
    const string Worker = "reconcile --interval 1 --repair recreate";

    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task A_fleet_lives_from_its_first_deploy_to_its_last_teardown()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        var recording = new Recording(lab);
        try
        {
            await DeployAsync(lab, recording);
            await HealAsync(lab, recording);
            await ChangeAsync(lab, recording);
            await EndAsync(lab, recording);
        }
        finally
        {
            recording.Save();
        }
    }

    static async Task DeployAsync(DecnetdLab lab, Recording recording)
    {
        var ini = lab.Ini(LabIni.Of(LabIni.Group("web", 3), LabIni.Decky("files-01", "smb, ftp"), LabIni.Decky("mail-01", "smtp, pop3")), "office.ini");
        recording.Note("A fleet of five decoys.");
        recording.Show(ini);
        var plan = await recording.RunAsync("deploy", ini, "--seed", "7", "--dry-run");
        Says(plan, 0, "files-01  add");
        Says(await recording.RunAsync("deploy", ini, "--seed", "7"), 0, "mail-01   deploy     succeeded");
        Says(await recording.RunAsync("deploy", ini), 0, "Unchanged: files-01, mail-01, web-01, web-02, web-03");
        Says(await recording.RunAsync("status"), 0, "generation 1, 5 deckies in 198.18.77.0/24 (bridge)");
        Says(await recording.RunAsync("reconcile", "--once", "--dry-run"), 0, "Converged: nothing to do.");
        await LabVerdict.AllRunAsync(lab, [.. LabIni.Names("web", 3), "files-01", "mail-01"]);
    }

    static async Task HealAsync(DecnetdLab lab, Recording recording)
    {
        recording.Note("Somebody kills a service. Looking tells; the worker mends it.");
        await recording.DockerAsync("kill", "web-02-ssh");
        Says(await recording.RunAsync("reconcile", "--once", "--dry-run", "--repair", "recreate"), 4, "web-02-ssh exited with code 137");
        Says(await recording.RunAsync("status", "web-02"), 0, "degraded");
        recording.Worker(Worker);
        using var worker = await lab.StartWorkerAsync("--repair", "recreate");
        await Eventually.TrueAsync(async () => await lab.StatusAsync("web-02") == ("running", null), TimeSpan.FromMinutes(1));
        Says(await recording.RunAsync("status"), 0, "reconciler  alive");
        Says(await recording.RunAsync("events", "--topic", "decky.*.state", "--last", "2"), 0, "\"transition\":\"repaired\"");
        Says(await recording.RunAsync("stop", "reconciler"), 0, "reconciler has stopped.");
        var end = await worker.EndAsync();
        recording.Worker(Worker, end);
        Assert.Equal(0, end.ExitCode);
    }

    static async Task ChangeAsync(DecnetdLab lab, Recording recording)
    {
        recording.Note("Other services for one decoy, and one decoy more. The others do not notice.");
        var before = await lab.Engine.ContainersAsync();
        Says(await recording.RunAsync("mutate", "mail-01", "--service", "smtp,telnet"), 0, "mail-01  mutate     succeeded");
        var ini = lab.Ini(LabIni.Of(LabIni.Decky("db-01", "redis")), "database.ini");
        recording.Show(ini);
        Says(await recording.RunAsync("deploy", ini), 0, "db-01  deploy     succeeded");
        Says(await recording.RunAsync("operations", "--last", "3"), 0, "mail-01  mutate     succeeded");
        var after = await lab.Engine.ContainersAsync();
        Assert.Subset(after.ToHashSet(), before.Where(container => container.Name != "mail-01-pop3").ToHashSet());
        await LabVerdict.AllRunAsync(lab, [.. LabIni.Names("web", 3), "files-01", "mail-01", "db-01"]);
    }

    static async Task EndAsync(DecnetdLab lab, Recording recording)
    {
        recording.Note("The end: of one decoy, then of all.");
        Says(await recording.RunAsync("teardown", "web-01"), 0, "web-01  teardown   succeeded");
        Says(await recording.RunAsync("teardown", "web-01"), 2, "web-01");
        Says(await recording.RunAsync("teardown", "--all", "--yes"), 0, "db-01     teardown   succeeded");
        Says(await recording.RunAsync("status"), 0, "0 deckies");
        await recording.DockerAsync("ps", "-a");
        await LabVerdict.NothingIsLeftAsync(lab);
    }

    static void Says(CommandResult result, int exitCode, string text)
    {
        Assert.True(result.ExitCode == exitCode, $"exit code {result.ExitCode}: {result.Errors}\n{result.Output}");
        Assert.Contains(text, result.Output + result.Errors, StringComparison.Ordinal);
    }
}
