namespace Decnet.Fleet.Swarm.Pki;

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

/// <summary>What a host shows to be enrolled: 32 random bytes as 43 characters of base64url. The master keeps the hash alone.</summary>
internal static class EnrolmentToken
{
    const int Bytes = 32;
    const int Characters = 43;

    internal static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    internal static bool IsWellFormed(string? token) =>
        token?.Length == Characters && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>SHA-256 of the token's characters, in lower-case hexadecimal digits.</summary>
    internal static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares in a time that does not tell how much of it is right.</summary>
    internal static bool Matches(string? token, string hash) =>
        IsWellFormed(token) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hash(token!)), Encoding.UTF8.GetBytes(hash));
}
