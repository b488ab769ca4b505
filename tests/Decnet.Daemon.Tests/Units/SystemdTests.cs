namespace Decnet.Daemon.Tests.Units;

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Decnet.Daemon.Units;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Asks systemd itself what it thinks of the units.</summary>
public sealed partial class SystemdTests : IDisposable
{
    const double MostExposure = 2.5;

    readonly TemporaryFolder folder = new();

    public static TheoryData<RepairMode, bool, string?> Kinds => new()
    {
        { RepairMode.Off, false, null },
        { RepairMode.Restart, false, null },
        { RepairMode.Recreate, true, null },
        { RepairMode.Recreate, true, "tcp://engine.lab:2376" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Systemd_takes_the_unit_without_a_word(RepairMode repair, bool mutate, string? dockerHost)
    {
        Write(repair, mutate, dockerHost);

        var (code, output) = await AnalyzeAsync("verify", folder.File("decnet-reconciler.service"), folder.File("decnet.target"));

        Assert.Equal((0, ""), (code, output));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_exposure_of_the_unit_is_low(RepairMode repair, bool mutate, string? dockerHost)
    {
        Write(repair, mutate, dockerHost);

        var (_, output) = await AnalyzeAsync("security", "--offline=true", "--no-pager", folder.File("decnet-reconciler.service"));

        var exposure = double.Parse(Exposure().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(exposure, 0, MostExposure);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("master")]
    public async Task Units_of_many_hosts_are_taken_and_their_exposure_is_low(string name)
    {
        var request = new UnitRequest { Kind = Enum.Parse<UnitKind>(name, ignoreCase: true), User = "decnet", Group = "decnet", StateDir = "/var/lib/decnet", Binary = "/bin/true", Port = 9000 };
        new UnitFolder(folder.Path, DurableFiles.Instance).Write(UnitFiles.Of(request), force: false);

        var verified = await AnalyzeAsync("verify", folder.File(request.Unit), folder.File("decnet.target"));
        var (_, rated) = await AnalyzeAsync("security", "--offline=true", "--no-pager", folder.File(request.Unit));

        Assert.Equal((0, ""), verified);
        Assert.InRange(double.Parse(Exposure().Match(rated).Groups[1].Value, CultureInfo.InvariantCulture), 0, MostExposure);
    }

    [Fact]
    public async Task The_unit_that_removes_an_agent_is_taken_and_its_exposure_is_low_for_one_of_root()
    {
        const double MostOfRoot = 3;
        var request = new UnitRequest { Kind = UnitKind.Agent, User = "decnet", Group = "decnet", StateDir = "/var/lib/decnet", Binary = "/bin/true" };
        new UnitFolder(folder.Path, DurableFiles.Instance).Write(UnitFiles.Of(request), force: false);

        var verified = await AnalyzeAsync("verify", folder.File(UnitRequest.RemoveUnit));
        var (_, rated) = await AnalyzeAsync("security", "--offline=true", "--no-pager", folder.File(UnitRequest.RemoveUnit));

        Assert.Equal((0, ""), verified);
        Assert.InRange(double.Parse(Exposure().Match(rated).Groups[1].Value, CultureInfo.InvariantCulture), 0, MostOfRoot);
    }

    [Fact]
    public async Task The_snippets_are_understood()
    {
        Write(RepairMode.Off, mutate: false, dockerHost: null, "/var/log/decnet/decnetd.log");

        var (users, said) = await RunAsync("systemd-sysusers", "--dry-run", folder.File("sysusers.d/decnet-reconciler.conf"));

        Assert.True(users == 0, said);
        Assert.Contains("decnet", said, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    void Write(RepairMode repair, bool mutate, string? dockerHost, string? logFile = null)
    {
        var request = new UnitRequest
        {
            User = "decnet",
            Group = "decnet",
            StateDir = "/var/lib/decnet",
            // verify looks whether the program is there.
            Binary = "/bin/true",
            Repair = repair,
            Mutate = mutate,
            DockerHost = dockerHost,
            LogFile = logFile,
        };
        new UnitFolder(folder.Path, DurableFiles.Instance).Write(UnitFiles.Of(request), force: false);
    }

    static Task<(int Code, string Output)> AnalyzeAsync(params string[] arguments) => RunAsync("systemd-analyze", arguments);

    static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        Assert.SkipUnless(Path.Exists($"/usr/bin/{program}") || Path.Exists($"/bin/{program}"), $"{program} is not on this machine; install systemd.");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"Overall exposure level .*: ([0-9.]+) ")]
    private static partial Regex Exposure();
}
