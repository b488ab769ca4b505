namespace Decnet.Engine.Tests.Deploying;

using System.Net.Sockets;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Xunit;

public sealed class MacvlanTests(TestEngine engine)
{
    const string Stranger = "198.18.244.100";

    [EngineFact]
    public async Task Deckies_are_hosts_of_the_lan_with_the_hardware_addresses_of_their_personas()
    {
        var fleet = TestFleet.OfWebs(2) with { Driver = NetworkDriver.Macvlan, Interface = engine.MacvlanParent };
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);
        // The other end of the cable: what it sees is what a scanner on the LAN sees.
        var cable = engine.MacvlanParent[..^1] + "q";
        await Ip("addr", "add", Stranger + "/25", "dev", cable);
        try
        {
            foreach (var decky in fleet.Deckies)
            {
                Assert.StartsWith("SSH-2.0-", await GreetingOf(decky, 22), StringComparison.Ordinal);
                Assert.Contains($"lladdr {decky.MacAddress} ", await Ip("neigh", "show", decky.IPAddress.ToString(), "dev", cable) + " ", StringComparison.Ordinal);
            }

            Assert.StartsWith("SSH-2.0-", await scene.HearAsync("web-01", fleet.Deckies[1], 22), StringComparison.Ordinal);
            await scene.AssertConvergedAsync();
        }
        finally
        {
            await Ip("addr", "del", Stranger + "/25", "dev", cable);
        }
    }

    static async Task<string?> GreetingOf(Decky decky, int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var client = new TcpClient();
        await client.ConnectAsync(decky.IPAddress, port, patience.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(patience.Token);
    }

    static async Task<string> Ip(params string[] arguments)
    {
        var result = await CommandLine.RunAsync("ip", arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {result.Errors}");
    }
}
