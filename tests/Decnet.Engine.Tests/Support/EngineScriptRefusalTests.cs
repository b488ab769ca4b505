namespace Decnet.Engine.Tests.Support;

using Decnet.Testing;
using Xunit;

/// <summary>The script refuses before it does anything; so these tests need neither an engine nor root.</summary>
public sealed class EngineScriptRefusalTests
{
    public static bool IsLinux => OperatingSystem.IsLinux();

    [Theory(Skip = "eng/test-engine is for Linux", SkipUnless = nameof(IsLinux))]
    [InlineData("/var/run/docker.sock")]
    [InlineData("/run/docker")]
    [InlineData("/run/docker/x")]
    [InlineData("/run")]
    [InlineData("/run/containerd")]
    [InlineData("/var/lib/docker")]
    [InlineData("/var/lib/docker/x")]
    [InlineData("/var/lib/../lib/docker")]
    [InlineData("/var/lib")]
    [InlineData("/etc/docker")]
    [InlineData("/")]
    public async Task Folders_of_the_machines_own_engine_are_refused(string folder)
    {
        foreach (var command in new[] { "start", "stop", "restart", "halt", "kill" })
        {
            var result = await EngineScript.TryAsync(command, folder);

            Assert.Equal(1, result.ExitCode);
            Assert.Contains(folder == "/" ? "letters" : "choose another folder", result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact(Skip = "eng/test-engine is for Linux", SkipUnless = nameof(IsLinux))]
    public async Task A_strangers_folder_is_refused_and_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("precious"), "data");

        foreach (var command in new[] { "start", "stop", "restart", "halt", "kill", "status", "env" })
        {
            var result = await EngineScript.TryAsync(command, folder.Path);

            Assert.Equal(1, result.ExitCode);
            Assert.Contains("did not make", result.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(["precious"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact(Skip = "eng/test-engine is for Linux", SkipUnless = nameof(IsLinux))]
    public async Task Names_that_do_not_fit_sockets_or_shells_are_refused()
    {
        Assert.Contains("too long", (await EngineScript.TryAsync("start", "/tmp/" + new string('x', 80))).Errors, StringComparison.Ordinal);
        Assert.Contains("letters", (await EngineScript.TryAsync("start", "/tmp/a b")).Errors, StringComparison.Ordinal);
        Assert.Contains("no command 'begin'", (await EngineScript.TryAsync("begin")).Errors, StringComparison.Ordinal);
    }
}
