namespace Decnet.Testing;

/// <summary>What campaigns with chance in them start from, and how long they go on.</summary>
public static class CampaignSettings
{
    /// <summary>The seed of the run: <c>DECNET_SEED</c>, or one that differs from run to run; failures print it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("DECNET_SEED"), out var seed) ? seed : Environment.TickCount;

    /// <summary>A size of a campaign.</summary>
    /// <param name="usual">The size in every run of the tests.</param>
    /// <param name="full">The size with <c>DECNET_CAMPAIGN=full</c>.</param>
    public static int Size(int usual, int full) => Environment.GetEnvironmentVariable("DECNET_CAMPAIGN") == "full" ? full : usual;
}
