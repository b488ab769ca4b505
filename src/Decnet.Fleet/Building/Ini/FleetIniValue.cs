namespace Decnet.Fleet.Building.Ini;

/// <summary>A value as the file has it, and where.</summary>
/// <param name="Text">The text.</param>
/// <param name="Line">The line, counted from 1.</param>
public sealed record FleetIniValue(string Text, int Line);
