namespace Decnet.Fleet.Building;

/// <summary>The settings of one service as they were written.</summary>
/// <param name="Slug">The slug of the service, not yet looked up.</param>
/// <param name="Values">The values by key.</param>
/// <param name="LineOf">Tells the line of a key; null without lines.</param>
/// <param name="Line">The first line.</param>
internal sealed record ServiceSettingsWish(
    string Slug,
    IReadOnlyCollection<KeyValuePair<string, object?>> Values,
    Func<string, int?>? LineOf,
    int? Line);
