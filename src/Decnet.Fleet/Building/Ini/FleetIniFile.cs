namespace Decnet.Fleet.Building.Ini;

using System.Security;
using System.Text;

/// <summary>Reads the bytes of a file, not many more than the parser accepts, and makes a text of them.</summary>
internal static class FleetIniFile
{
    /// <summary>The contents of a file; one byte above the limit when it is larger.</summary>
    internal static ReadOnlySpan<byte> Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[FleetIniParser.MaxBytes + 1];
            return bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            throw new FleetIniFileException(path, ProblemOf(path, e), e);
        }
    }

    /// <summary>Decodes UTF-8, or UTF-16 with a byte-order mark.</summary>
    /// <returns>The text, or null if the bytes are neither.</returns>
    internal static string? Decode(ReadOnlySpan<byte> bytes)
    {
        Encoding encoding = bytes switch
        {
            [0xff, 0xfe, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xfe, 0xff, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        };
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    internal static FleetIniFileProblem ProblemOf(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => FleetIniFileProblem.NotFound,
        _ when Directory.Exists(path) => FleetIniFileProblem.IsFolder,
        UnauthorizedAccessException or SecurityException => FleetIniFileProblem.AccessDenied,
        _ => FleetIniFileProblem.Unreadable,
    };
}
