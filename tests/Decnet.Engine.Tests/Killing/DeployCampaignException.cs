namespace Decnet.Engine.Tests.Killing;

/// <summary>A deploy was not finished as it should be.</summary>
sealed class DeployCampaignException(string message, Exception inner) : Exception(message, inner);
