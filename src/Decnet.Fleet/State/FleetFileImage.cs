namespace Decnet.Fleet.State;

using System.Security.Cryptography;

/// <summary>What reading a file gave: its bytes, nothing, or an error.</summary>
internal sealed class FleetFileImage
{
    FleetFileImage(byte[]? bytes, Exception? error, string fingerprint)
    {
        Bytes = bytes;
        Error = error;
        Fingerprint = fingerprint;
    }

    /// <summary>The contents; null when there is no file, or it could not be read.</summary>
    internal byte[]? Bytes { get; }

    /// <summary>Why it could not be read.</summary>
    internal Exception? Error { get; }

    /// <summary>Equal for equal contents.</summary>
    internal string Fingerprint { get; }

    internal static FleetFileImage Of(byte[] bytes) => new(bytes, null, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    internal static FleetFileImage Read(IDurableFiles files, string path, long maxBytes)
    {
        try
        {
            return files.Read(path, maxBytes) is { } bytes ? Of(bytes) : new FleetFileImage(null, null, "missing");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new FleetFileImage(null, error, "unreadable: " + error.Message);
        }
    }
}
