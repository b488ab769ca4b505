namespace Decnet.Fleet.Docker.Tests.Api;

using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

/// <summary>The chunks of a stream that a test feeds while it is being read.</summary>
internal sealed class ChunkSource
{
    readonly Channel<byte[]> chunks = Channel.CreateUnbounded<byte[]>();

    /// <summary>Whether the client went.</summary>
    internal bool IsLeft { get; private set; }

    internal void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    internal void Add(byte[] chunk) => chunks.Writer.TryWrite(chunk);

    /// <summary>Ends the stream: well, or by cutting the connection.</summary>
    internal void End(Exception? cut = null) => chunks.Writer.Complete(cut);

    internal async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken))
            {
                yield return chunk;
            }
        }
        finally
        {
            IsLeft = cancellationToken.IsCancellationRequested;
        }
    }
}
