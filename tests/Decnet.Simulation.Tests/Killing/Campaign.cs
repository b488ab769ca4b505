namespace Decnet.Simulation.Tests.Killing;

using Decnet.Testing;

/// <summary>How often processes are killed: 20 times, or 200 times with <c>DECNET_CAMPAIGN=full</c>.</summary>
static class Campaign
{
    public static int Kills => CampaignSettings.Size(20, 200);

    public static int Seed => CampaignSettings.Seed;
}
