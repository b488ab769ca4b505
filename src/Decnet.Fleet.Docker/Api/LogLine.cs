namespace Decnet.Fleet.Docker.Api;

/// <summary>A line that a container wrote.</summary>
/// <param name="Stream">Where.</param>
/// <param name="Text">What, without the end of the line. Bytes that are not UTF-8 became U+FFFD.</param>
internal sealed record LogLine(LogStream Stream, string Text);
