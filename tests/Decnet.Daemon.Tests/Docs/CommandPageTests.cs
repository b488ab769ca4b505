namespace Decnet.Daemon.Tests.Docs;

using System.CommandLine;
using System.Text.RegularExpressions;
using Decnet.Daemon.Commands;
using Decnet.Daemon.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>Holds the pages of the daemon to the command line that there is.</summary>
public sealed partial class CommandPageTests
{
    static readonly string Page = File.ReadAllText(SourceTree.File("docs/decnetd.md"));
    static readonly string HostsPage = File.ReadAllText(SourceTree.File("docs/many-hosts.md"));
    static readonly string UnitPage = File.ReadAllText(SourceTree.File("docs/systemd.md"));

    [Fact]
    public void Every_command_and_global_option_is_on_the_page()
    {
        var root = Root();

        Assert.All(root.Subcommands, command => Assert.Contains($"| `{command.Name}", Page, StringComparison.Ordinal));
        Assert.All(root.Options.Where(option => option.Recursive && option.Name != "--help"), option => Assert.Contains($"`{option.Name}", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_on_the_pages_is_one()
    {
        var root = Root();
        var known = Options(root).SelectMany(option => (string[])[option.Name, .. option.Aliases]).ToHashSet();

        // What stands in blocks belongs to other programs, too.
        var named = OptionName().Matches(Block().Replace(Page + UnitPage + HostsPage, "")).Select(match => match.Value).Distinct().ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, option => Assert.Contains(option, known));
    }

    [Fact]
    public void Every_option_of_the_command_for_units_is_on_its_page()
    {
        var unit = Root().Subcommands.Single(command => command.Name == "unit");

        Assert.All(unit.Options.Concat(unit.Subcommands.SelectMany(Options)), option => Assert.Contains(option.Name, UnitPage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_example_of_the_page_for_units_works()
    {
        using var lab = new Lab();
        var line = UnitPage.Split('\n').First(line => line.StartsWith("decnetd unit ", StringComparison.Ordinal));

        var written = await lab.RunAsync(line.Replace("/tmp/decnet-units", lab.File("units"), StringComparison.Ordinal).Split(' ')[1..]);

        Assert.Equal(0, written.Code);
        Assert.All(["decnet-reconciler.service", "decnet.target", "sysusers.d/decnet-reconciler.conf", "tmpfiles.d/decnet-reconciler.conf"], file =>
        {
            Assert.True(File.Exists(Path.Combine(lab.File("units"), file)));
            Assert.Contains($"`{file}`", UnitPage, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_command_and_option_of_many_hosts_is_on_their_page()
    {
        var commands = Root().Subcommands.Where(command => command.Name is "agent" or "master" or "host").ToArray();

        Assert.Equal(3, commands.Length);
        Assert.All(commands.SelectMany(Lines), line => Assert.Contains($"decnetd {line}", HostsPage, StringComparison.Ordinal));
        Assert.All(commands.SelectMany(Options), option => Assert.Contains(option.Name, HostsPage, StringComparison.Ordinal));
    }

    static IEnumerable<Option> Options(Command command) => command.Options.Concat(command.Subcommands.SelectMany(Options));

    static IEnumerable<string> Lines(Command command) => command.Subcommands.Select(inner => $"{command.Name} {inner.Name}").DefaultIfEmpty(command.Name);

    static RootCommand Root()
    {
        using var lab = new Lab();
        return DecnetdCommand.Build(lab.Environment(new TestConsole()));
    }

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]+")]
    private static partial Regex OptionName();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
