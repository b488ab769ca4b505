namespace Decnet.FakeDaemon.Http;

/// <summary>What came is not HTTP.</summary>
sealed class MalformedRequestException(string message) : Exception(message);
