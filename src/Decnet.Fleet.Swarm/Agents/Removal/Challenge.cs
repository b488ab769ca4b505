namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

/// <summary>A confirmation that was given out, and is awaited back.</summary>
internal sealed class Challenge(Guid operationId, DateTimeOffset expires)
{
    const int Bytes = 32;

    internal Guid OperationId { get; } = operationId;

    internal string Confirmation { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    internal bool IsOpen(DateTimeOffset now) => now < expires;

    /// <summary>Whether this is the confirmation. It takes the same time wherever the two differ.</summary>
    internal bool Matches(string confirmation) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Confirmation), Encoding.UTF8.GetBytes(confirmation));
}
