namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using System.Diagnostics;
using Decnet.Fleet.Swarm.Agents.Removal;
using Xunit;

public sealed class InstalledEntriesTests : IDisposable
{
    readonly Installation installation = new();

    public InstalledEntriesTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "An agent removes itself from Linux hosts only.");

    public void Dispose() => installation.Dispose();

    InstalledEntries Entries => new(installation.Manifest);

    string Path(string name) => installation.Path(name);

    [Fact]
    public void Exactly_what_is_listed_goes()
    {
        var entries = Entries;
        foreach (var file in installation.Manifest.Files)
        {
            Assert.Null(entries.Obstacle(file, false, asSelf: true));
            entries.Remove(file, false);
        }

        Assert.Null(entries.Obstacle(Path("lib/decnet"), true, asSelf: true));
        entries.Remove(Path("lib/decnet"), true);

        Assert.Equal(["lib/other/kept.txt", "log/decnet/agent.log"], installation.Left());
        Assert.False(Directory.Exists(Path("lib/decnet")));
        Assert.True(Directory.Exists(Path("units")));
    }

    [Fact]
    public void What_is_gone_is_no_obstacle_and_counts_as_removed()
    {
        Assert.Null(Entries.Obstacle(Path("lib/nowhere/decnet"), true, asSelf: true));
        Entries.Remove(Path("lib/nowhere/decnet"), true);
        Entries.Remove(Path("bin/decnet-gone"), false);
    }

    [Theory]
    [InlineData("bin/decnet-link", false)]
    [InlineData("lib/decnet-link", true)]
    public void A_link_is_not_what_was_listed(string link, bool isFolder)
    {
        installation.Link(link, isFolder ? "lib/other" : "lib/other/kept.txt");

        Assert.Contains("symbolic link", Entries.Obstacle(Path(link), isFolder, asSelf: false));
        Assert.Contains("symbolic link", Assert.Throws<RemovalException>(() => Entries.Remove(Path(link), isFolder)).Message);
        Assert.True(File.Exists(Path("lib/other/kept.txt")));
    }

    [Fact]
    public void A_link_on_the_way_is_not_followed()
    {
        installation.Link("lib/way", "lib/other");
        installation.Write("lib/other/decnet.conf", "not this one");

        Assert.Contains($"'{Path("lib/way")}' is a symbolic link", Entries.Obstacle(Path("lib/way/decnet.conf"), false, asSelf: false));
        Assert.Throws<RemovalException>(() => Entries.Remove(Path("lib/way/decnet.conf"), false));
        Assert.True(File.Exists(Path("lib/other/decnet.conf")));
    }

    [Fact]
    public void Links_in_a_folder_of_ours_go_and_what_they_point_at_stays()
    {
        installation.Link("lib/decnet/escape", "lib/other");
        installation.Link("lib/decnet/db/file", "lib/other/kept.txt");
        File.CreateSymbolicLink(Path("lib/decnet/loop"), Path("lib/decnet"));

        Entries.Remove(Path("lib/decnet"), true);

        Assert.False(Directory.Exists(Path("lib/decnet")));
        Assert.True(File.Exists(Path("lib/other/kept.txt")));
    }

    [Fact]
    public void A_folder_that_became_a_link_after_the_look_is_not_emptied()
    {
        Assert.Null(Entries.Obstacle(Path("lib/decnet"), true, asSelf: true));
        installation.Write("lib/other/.decnet-install", "something else");
        Directory.Move(Path("lib/decnet"), Path("lib/moved"));
        installation.Link("lib/decnet", "lib/other");

        Assert.Throws<RemovalException>(() => Entries.Remove(Path("lib/decnet"), true));

        Assert.True(File.Exists(Path("lib/other/kept.txt")));
    }

    [Theory]
    [InlineData("bin", true)]
    [InlineData("bin/decnetd", true)]
    [InlineData("lib/decnet", false)]
    public void What_is_of_another_kind_or_without_the_marker_is_not_removed(string name, bool isFolder)
    {
        Assert.NotNull(Entries.Obstacle(Path(name), isFolder, asSelf: false));
        Assert.Throws<RemovalException>(() => Entries.Remove(Path(name), isFolder));
        Assert.Equal(8, installation.Left().Length);
    }

    [Fact]
    public void A_marker_of_another_installation_or_a_link_to_ours_does_not_count()
    {
        installation.Write("lib/other/.decnet-install", new string('f', 32));
        Assert.Contains("not a folder of this installation", Entries.Obstacle(Path("lib/other"), true, asSelf: false));
        File.Delete(Path("lib/other/.decnet-install"));
        installation.Link("lib/other/.decnet-install", "lib/decnet/.decnet-install");

        Assert.Contains("not a folder of this installation", Entries.Obstacle(Path("lib/other"), true, asSelf: false));
    }

    [Fact]
    public void A_pipe_in_place_of_a_file_is_not_what_was_listed()
    {
        File.Delete(Path("bin/decnetd"));
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path("bin/decnetd")]);
        made.WaitForExit();

        Assert.Contains("no regular file", Entries.Obstacle(Path("bin/decnetd"), false, asSelf: false));
    }

    [Fact]
    public void Logs_in_a_folder_of_ours_are_kept()
    {
        installation.Write("lib/decnet/logs/old/agent.log", "lines");
        installation.Write("lib/decnet/logs.txt", "not a log");
        installation.Change(manifest => manifest with { Logs = [Path("lib/decnet/logs"), Path("lib/decnet/db/decnet.db")] });

        Entries.Remove(Path("lib/decnet"), true);

        Assert.Equal(["lib/decnet/db/decnet.db", "lib/decnet/logs/old/agent.log"], installation.Left().Where(file => file.StartsWith("lib/decnet", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_file_system_is_not_ours() =>
        Assert.Contains("Another file system is mounted on '/proc'", Entries.Obstacle("/proc", true, asSelf: false));

    [Fact]
    public void What_a_unit_may_write_is_mounted_for_it_alone_and_is_no_obstacle_to_a_remover_of_its_own()
    {
        var folder = Path("lib/decnet");
        Assert.SkipUnless(Run("mount", "--bind", folder, folder), "Only root may mount.");
        try
        {
            Assert.Null(Entries.Obstacle(folder, true, asSelf: false));
            Assert.Contains($"Another file system is mounted on '{folder}'", Entries.Obstacle(folder, true, asSelf: true), StringComparison.Ordinal);
            Assert.Throws<RemovalException>(() => Entries.Remove(folder, true));
        }
        finally
        {
            Assert.True(Run("umount", folder));
        }

        Assert.True(File.Exists(Path("lib/decnet/pki/host.key")));
    }

    [Fact]
    public void Names_of_all_kinds_are_removed()
    {
        foreach (var name in new[] { " ", "-rf", "a\nb", "ünï\"c'ode", "*", new string('x', 255) })
        {
            installation.Write($"lib/decnet/odd/{name}/{name}", "");
        }

        Entries.Remove(Path("lib/decnet"), true);

        Assert.False(Directory.Exists(Path("lib/decnet")));
    }

    static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
