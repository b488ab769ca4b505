namespace Decnet.Fleet.Lifecycle;

using Decnet.Fleet.Containers;

/// <summary>
/// A refusal to start a service of a base that is said to run. The base's process may be gone all the same: an engine hears of
/// the end of a process later than those who want to join its network.
/// </summary>
/// <param name="refused">The refusal.</param>
internal sealed class DoubtfulRefusalException(RuntimeException refused) : RuntimeException(refused.Error, refused.Message, refused);
