namespace Decnet.Engine.Tests.Killing;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Decnet.Victim.Deploying;

/// <summary>An engine and the folder of a fleet on it: where deploys happen one after the other.</summary>
/// <param name="engine">The engine.</param>
/// <param name="quarter">Which part of the subnet of these tests the fleet has.</param>
sealed class DeployGround(RealEngine engine, int quarter) : IDisposable
{
    TemporaryFolder folder = new();

    public RealEngine Engine => engine;

    public string Path => folder.Path;

    /// <summary>What the fleet should be.</summary>
    public Fleet Fleet { get; private set; } = SmallFleet.Of(quarter, new Random(0));

    /// <summary>Sees to it that there is something to do. What was there before is as its fleet file says.</summary>
    public async Task PrepareAsync(DeployKind kind, Random random)
    {
        switch (kind)
        {
            case DeployKind.FromNothing:
                await engine.CleanAsync();
                folder.Dispose();
                folder = new TemporaryFolder();
                Fleet = SmallFleet.Of(quarter, random);
                break;
            case DeployKind.Change:
                Fleet = SmallFleet.Changed(Fleet, random);
                break;
            case DeployKind.Removal:
                Fleet = SmallFleet.Reduced(Fleet, random);
                break;
            case DeployKind.Repair:
                await engine.HarmAsync(random);
                return;
        }

        await new FleetFile(new StateFolder(Path).FleetFile).SaveAsync(Fleet);
    }

    /// <summary>Starts a process that makes one pass, and waits until it begins with that.</summary>
    public async Task<VictimProcess> StartAsync()
    {
        var victim = VictimProcess.Start("deploy", Path, engine.Endpoint, "1");
        if (await victim.ReadLineAsync() is not null)
        {
            return victim;
        }

        using (victim)
        {
            var (exitCode, errors) = await victim.EndAsync();
            throw new InvalidOperationException($"The process that should deploy ended with {exitCode}: {errors}");
        }
    }

    /// <summary>Judges what is there, and brings it into the desired state.</summary>
    /// <returns>How many passes had to change something.</returns>
    public async Task<DeployVerdict> JudgeAsync()
    {
        await using var opened = await DeployFolder.OpenAsync(Path, engine.Endpoint);
        return await DeployVerdict.JudgeAsync(opened, engine, Fleet);
    }

    public void Dispose() => folder.Dispose();
}
