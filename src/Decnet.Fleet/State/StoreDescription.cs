namespace Decnet.Fleet.State;

/// <summary>What a store runs on.</summary>
/// <param name="Kind">The kind of store: <c>memory</c>, <c>sqlite</c>.</param>
/// <param name="Engine">The engine with its version and origin, such as <c>SQLite 3.40.1 (system library)</c>.</param>
/// <param name="Location">Where the data is; null when nowhere.</param>
/// <param name="SchemaVersion">The version of the schema.</param>
public sealed record StoreDescription(string Kind, string Engine, string? Location, int SchemaVersion);
