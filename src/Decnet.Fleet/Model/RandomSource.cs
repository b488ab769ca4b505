namespace Decnet.Fleet.Model;

using System.Security.Cryptography;

/// <summary>
/// Makes the source of chance where none is injected. Its seed comes from the operating system, so that the jitter of two
/// processes, or of two hosts, is never in step.
/// </summary>
internal static class RandomSource
{
    internal static Random New() => new(RandomNumberGenerator.GetInt32(int.MaxValue));
}
