namespace Decnet.Daemon.Tests.Commands;

using Decnet.Daemon.Tests.Support;
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

    public void Dispose() => lab.Dispose();

    Task<Outcome> WriteAsync(params string[] more) =>
        lab.RunAsync(["unit", "--user", "decnet", "--group", "decnet", "--out", Target, "--state-dir", "/var/lib/decnet", .. more]);
}
