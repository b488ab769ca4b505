namespace Decnet.Engine.Tests.Swarm;

using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>Misfortunes by chance. The seed and the sizes are those of <see cref="CampaignSettings"/>.</summary>
[Collection(SharedSwarm.Name)]
public sealed class SwarmCampaignTests(SharedSwarm shared, ITestOutputHelper output)
{
    [EngineFact]
    public async Task Whatever_comes_between_rows_agents_and_engines_agree_in_the_end()
    {
        var lab = await shared.TakeAsync();
        var campaign = new SwarmCampaign(lab, CampaignSettings.Seed, CampaignSettings.Size(2, 80));

        await campaign.RunAsync();

        await lab.DoAsync("teardown", "--all", "--yes");
        await SwarmVerdict.AgreeAsync(lab);
        output.WriteLine($"misfortunes of hosts: {campaign}");
        Console.WriteLine($"misfortunes of hosts: {campaign}");
    }
}
