namespace Decnet.Engine.Tests.Killing;

using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>Our processes, killed and competing. The seed and the sizes are those of <see cref="CampaignSettings"/>.</summary>
public sealed class KilledDeployTests(TestEngine shared, ITestOutputHelper output) : IAsyncLifetime
{
    readonly RealEngine engine = new(shared.Endpoint, shared.DockerCli);

    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task A_process_killed_while_it_deploys_leaves_what_the_next_pass_finishes()
    {
        using var ground = new DeployGround(engine, 0);
        var campaign = new KillCampaign(ground, CampaignSettings.Seed, CampaignSettings.Size(8, 50));

        await campaign.RunAsync();

        Tell($"kills of deploys: {campaign}");
    }

    [EngineFact]
    public async Task Two_processes_that_deploy_at_the_same_time_make_one_fleet()
    {
        using var ground = new DeployGround(engine, 0);
        var passes = 0;
        var rounds = CampaignSettings.Size(3, 20);
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(unchecked((CampaignSettings.Seed * 397) ^ round));
            var kind = (DeployKind)(round % 4);
            var head = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(1000));
            try
            {
                await ground.PrepareAsync(kind, random);
                await TogetherAsync(ground, head);
                passes += (await ground.JudgeAsync()).Passes;
            }
            catch (Exception error)
            {
                throw new DeployCampaignException($"DECNET_SEED={CampaignSettings.Seed}, round {round} ({kind}, the second {head.TotalMilliseconds} ms later): {error.Message}", error);
            }
        }

        Tell($"two processes at once: seed {CampaignSettings.Seed}, {rounds} rounds, {passes} more passes needed");
    }

    static async Task TogetherAsync(DeployGround ground, TimeSpan head)
    {
        var starts = await Task.WhenAll(ground.StartAsync(), LaterAsync());
        try
        {
            foreach (var (exitCode, errors) in await Task.WhenAll(starts.Select(victim => victim.EndAsync())))
            {
                Assert.True(exitCode == 0 && errors.Length == 0, $"a process that deploys ended with {exitCode}: {errors}");
            }
        }
        finally
        {
            Array.ForEach(starts, victim => victim.Dispose());
        }

        async Task<VictimProcess> LaterAsync()
        {
            await Task.Delay(head);
            return await ground.StartAsync();
        }
    }

    void Tell(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
