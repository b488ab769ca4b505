namespace Decnet.FakeDaemon;

/// <summary>Thrown by a stream of a test to cut its connection without its proper end, and without being a failure of the test.</summary>
public sealed class ConnectionCutException() : Exception("The script cuts the connection.");
