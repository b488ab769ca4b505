namespace Decnet.Fleet.Building;

/// <summary>Settings as they were written, for one decky or for many.</summary>
/// <param name="Target">What they belong to, for messages.</param>
/// <param name="Services">The settings by service.</param>
internal sealed record SettingsWish(string Target, IReadOnlyList<ServiceSettingsWish> Services);
