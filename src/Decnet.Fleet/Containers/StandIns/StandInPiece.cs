namespace Decnet.Fleet.Containers.StandIns;

/// <summary>A part of a message: bytes that are known, or what the shell finds out when it answers.</summary>
/// <param name="Bytes">The bytes; null for what the shell finds out.</param>
/// <param name="Shell">What the shell puts into the format of <c>printf</c> for bytes, or the argument that it gives for a text.</param>
/// <param name="Size">How many bytes that are; null for a text.</param>
internal readonly record struct StandInPiece(byte[]? Bytes, string? Shell = null, int? Size = null)
{
    /// <summary>The name of the user that a client gave; the only text of a known greatest length.</summary>
    internal static readonly StandInPiece User = new(null, "$u");

    /// <summary>The most characters that are kept of it.</summary>
    internal const int MaxUser = 64;

    /// <summary>Byte N, from 1, of the message that is answered.</summary>
    internal static StandInPiece Input(int index) => new(null, $@"\x${{{index}}}", 1);

    /// <summary>The bytes of the message that is answered, from one on; they count for no length.</summary>
    internal static StandInPiece Rest(int index) => new(null, $"$(shift {index - 1}; for x; do printf '\\\\x%s' $x; done)", 0);

    /// <summary>The byte that says how long something is that has the name of the user in it.</summary>
    internal static StandInPiece LengthWithUser(int rest) => new(null, $@"\x$(printf %02x $(({rest}+${{#u}})))", 1);

    /// <summary>Now, as Windows counts time: units of 100 ns since 1601, the lowest of eight bytes first (MS-DTYP 2.3.3).</summary>
    internal static readonly StandInPiece FileTime = new(
        null,
        "$(f=$((($(date +%s)+11644473600)*10000000)); for i in 0 8 16 24 32 40 48 56; do printf '\\\\x%02x' $((f>>i&255)); done)",
        8);
}
