namespace Decnet.Engine.Tests.Swarm;

using System.ComponentModel;
using System.Text.Json;
using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.HostNetwork;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>The cmdlets on a master and two hosts. The tests are Pester's: what is here gives them networks, engines and programs.</summary>
public sealed class SwarmPesterTests
{
    /// <summary>The variable that names the file with the lab. Without it, Run-Pester.ps1 leaves out what is tagged Hosts.</summary>
    const string Variable = "DECNET_TEST_HOSTS";

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    static readonly string Suites = SourceTree.File("tests/Decnet.PowerShell.Tests");

    [EngineFact]
    public async Task Operators_work_on_many_hosts_from_PowerShell()
    {
        Assert.SkipUnless(await HasPesterAsync(), "pwsh with Pester 5 is not on PATH");
        await using var network = await HostLab.StartAsync(2);
        var lab = network.Master.File("lab.json");
        await File.WriteAllTextAsync(lab, Describe(network), TestContext.Current.CancellationToken);

        // What the tests start ends with them, and they end with this test.
        var words = NetworkNamespace.Bound("pwsh", "-NoProfile", "-NonInteractive", "-File", Path.Combine(Suites, "Run-Pester.ps1"), "-Tag", "Hosts");
        var environment = new Dictionary<string, string?>
        {
            [Variable] = lab,
            ["DECNET_IMAGE_POLICY"] = "tag",
            ["NOTIFY_SOCKET"] = null,
            ["JOURNAL_STREAM"] = null,
        };
        var result = await CommandLine.RunAsync(words.FileName, words.ArgumentList, environment, network.Master.Network, Limit);

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Errors}");
        Assert.EndsWith(" passed, 0 failed, 0 skipped", result.Output, StringComparison.Ordinal);
    }

    static async Task<bool> HasPesterAsync()
    {
        try
        {
            var found = await CommandLine.RunAsync("pwsh", ["-NoProfile", "-Command", "Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0'"]);
            return found.Output.Length > 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    static string Describe(HostLab network) => JsonSerializer.Serialize(new
    {
        decnetd = DecnetdProcess.Program,
        master = Describe(network.Master),
        hosts = network.Hosts.Select(Describe),
    });

    static object Describe(LabHost host) => new
    {
        name = host.Name,
        address = $"{host.Address}",
        network = host.Network.Path,
        lan = $"{host.Lan}",
        gateway = $"{host.Gateway}",
        @interface = LabHost.LanInterface,
        state = host.StateFolder,
        engine = host.Engine.Endpoint,
    };
}
