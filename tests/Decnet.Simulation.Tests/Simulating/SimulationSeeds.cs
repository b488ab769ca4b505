namespace Decnet.Simulation.Tests.Simulating;

using System.Globalization;

/// <summary>Which seeds are run: one that is asked for (<c>DECNET_SIM_SEED</c>), so many (<c>DECNET_SIM_SEEDS</c>), or as many as the kind of run wants.</summary>
internal static class SimulationSeeds
{
    internal static (int First, int Count) Of(int inCi, int inCampaign)
    {
        if (Number("DECNET_SIM_SEED") is { } seed)
        {
            return (seed, 1);
        }

        var campaign = Environment.GetEnvironmentVariable("DECNET_CAMPAIGN") == "full";
        return (1, Number("DECNET_SIM_SEEDS") ?? (campaign ? inCampaign : inCi));
    }

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
