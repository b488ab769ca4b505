namespace Decnet.Fleet.Containers.StandIns;

/// <summary>A part of a message: bytes that are known, or what the shell finds out when it answers.</summary>
/// <param name="Bytes">The bytes; null for what the shell finds out.</param>
/// <param name="Shell">What the shell puts into the format of <c>printf</c> for one byte, or the argument that it gives for a text.</param>
/// <param name="IsByte">Whether it is one byte; otherwise a text.</param>
internal readonly record struct StandInPiece(byte[]? Bytes, string? Shell = null, bool IsByte = false)
{
    /// <summary>The name of the user that a client gave; the only text of a known greatest length.</summary>
    internal static readonly StandInPiece User = new(null, "$u");

    /// <summary>The most characters that are kept of it.</summary>
    internal const int MaxUser = 64;

    /// <summary>Byte N, from 1, of the message that is answered.</summary>
    internal static StandInPiece Input(int index) => new(null, $@"\x${{{index}}}", IsByte: true);

    /// <summary>The bytes of the message that is answered, from one on.</summary>
    internal static StandInPiece Rest(int index) => new(null, $"$(shift {index - 1}; for x; do printf '\\\\x%s' $x; done)", IsByte: true);

    /// <summary>The byte that says how long something is that has the name of the user in it.</summary>
    internal static StandInPiece LengthWithUser(int rest) => new(null, $@"\x$(printf %02x $(({rest}+${{#u}})))", IsByte: true);
}
