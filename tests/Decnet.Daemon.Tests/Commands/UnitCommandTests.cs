namespace Decnet.Daemon.Tests.Commands;

using Decnet.Daemon.Tests.Support;
using Decnet.Fleet.Swarm.Agents.Removal;
using Xunit;

public sealed class UnitCommandTests : IDisposable
{
    readonly Lab lab = new();

    string Target => lab.File("units");

    [Fact]
    public async Task The_files_are_written_and_named()
    {
        var written = await WriteAsync();

        Assert.Equal(0, written.Code);
        Assert.Equal(5, written.Lines.Length);
        Assert.All(written.Lines, path => Assert.True(File.Exists(path)));
        Assert.Empty(Directory.EnumerateFiles(Target, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_second_run_replaces_what_the_first_has_written()
    {
        await WriteAsync();

        var again = await WriteAsync("--repair", "restart");

        Assert.Equal(0, again.Code);
        Assert.Contains("--repair restart", await File.ReadAllTextAsync(Path.Combine(Target, "decnet-reconciler.service")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_have_written_is_kept_and_nothing_is_written_beside_it()
    {
        Directory.CreateDirectory(Target);
        var own = Path.Combine(Target, "decnet.target");
        await File.WriteAllTextAsync(own, "[Unit]\nDescription=mine\n");

        var refused = await WriteAsync();

        Assert.Equal(2, refused.Code);
        Assert.Contains(own, refused.Errors, StringComparison.Ordinal);
        Assert.Equal([own], Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories));

        Assert.Equal(0, (await WriteAsync("--force")).Code);
        Assert.DoesNotContain("mine", await File.ReadAllTextAsync(own), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_exits_with_2_names_every_option_and_writes_nothing()
    {
        var refused = await lab.RunAsync("unit", "--user", "Bad User", "--group", "-", "--out", Target, "--binary", "decnetd", "--state-dir", "/home/decnet");

        Assert.Equal(2, refused.Code);
        Assert.All(["--user", "--group", "--binary", "--state-dir"], option => Assert.Contains(option, refused.Errors, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task Options_that_are_missing_are_named()
    {
        var refused = await lab.RunAsync("unit");

        Assert.Equal(2, refused.Code);
        Assert.All(["--user", "--group", "--out"], option => Assert.Contains(option, refused.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_comes_with_the_manifest_by_which_it_is_removed_and_keeps_its_identity()
    {
        var written = await WriteForAsync("agent", "--log-file", "/var/log/decnet/agent.log");
        var first = InstallManifest.Read(Path.Combine(Target, "install-manifest.json"));
        await WriteForAsync("agent", "--port", "9000");
        var second = InstallManifest.Read(Path.Combine(Target, "install-manifest.json"));

        Assert.True(written.Code == 0, written.Errors);
        Assert.Equal(8, written.Lines.Length);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(["decnet-agent.service", "decnet.target"], first.Units);
        Assert.Equal(["/var/lib/decnet"], first.Folders);
        Assert.Equal(["/var/log/decnet/agent.log"], first.Logs);
        Assert.Contains("/etc/systemd/system/decnet-agent.service", first.Files);
        Assert.Contains("/etc/systemd/system/decnet-agent-remove.service", first.Files);
        Assert.Equal("/etc/decnet-agent-manifest.json", first.Files[^1]);
        Assert.Contains("/etc/polkit-1/rules.d/50-decnet-agent.rules", first.Files);
        Assert.Contains("/usr/local/bin/decnetd", first.Files);
    }

    [Fact]
    public async Task A_manifest_that_is_none_is_kept()
    {
        Directory.CreateDirectory(Target);
        var own = Path.Combine(Target, "install-manifest.json");
        await File.WriteAllTextAsync(own, "{}");

        var refused = await WriteForAsync("agent");

        Assert.Equal(2, refused.Code);
        Assert.Contains(own, refused.Errors, StringComparison.Ordinal);
        Assert.Equal([own], Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_master_gets_a_unit_of_its_own()
    {
        var written = await WriteForAsync("master");

        Assert.True(written.Code == 0, written.Errors);
        Assert.True(File.Exists(Path.Combine(Target, "decnet-master.service")));
        Assert.False(File.Exists(Path.Combine(Target, "install-manifest.json")));
    }

    public void Dispose() => lab.Dispose();

    Task<Outcome> WriteAsync(params string[] more) => RunAsync(["unit"], more);

    Task<Outcome> WriteForAsync(string service, params string[] more) => RunAsync(["unit", service], more);

    Task<Outcome> RunAsync(string[] command, string[] more) =>
        lab.RunAsync([.. command, "--user", "decnet", "--group", "decnet", "--out", Target, "--state-dir", "/var/lib/decnet", .. more]);
}
