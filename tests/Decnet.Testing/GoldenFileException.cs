namespace Decnet.Testing;

/// <summary>A text is not what its golden file holds.</summary>
public sealed class GoldenFileException(string message) : Exception(message);
