namespace Decnet.Simulation.Tests.Killing;

/// <summary>How often processes are killed: 20 times, or 200 times with <c>DECNET_CAMPAIGN=full</c>.</summary>
static class Campaign
{
    public static int Kills => Environment.GetEnvironmentVariable("DECNET_CAMPAIGN") == "full" ? 200 : 20;

    /// <summary>The seed of the run: <c>DECNET_SEED</c>, or one that differs from run to run; failures print it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("DECNET_SEED"), out var seed) ? seed : Environment.TickCount;
}
