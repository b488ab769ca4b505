namespace Decnet.Simulation.Tests.Killing;

/// <summary>What was found after a kill, with the seed that repeats it.</summary>
sealed class PassCampaignException(string message, Exception? cause = null) : Exception(message, cause);
