namespace Decnet.FakeDaemon.Events;

using System.Runtime.CompilerServices;
using System.Threading.Channels;

/// <summary>A client's open request for events.</summary>
public sealed class EventSubscription
{
    readonly Channel<byte[]> _chunks = Channel.CreateUnbounded<byte[]>();
    volatile bool _isOpen = true;

    internal EventSubscription(FakeRequest request, EventFraming framing)
    {
        Request = request;
        Framing = framing;
    }

    /// <summary>The request.</summary>
    public FakeRequest Request { get; }

    /// <summary>The query's <c>since</c>, as sent; null for none.</summary>
    public string? Since => Request.Query.GetValueOrDefault("since");

    /// <summary>The query's <c>filters</c>, as sent; null for none.</summary>
    public string? Filters => Request.Query.GetValueOrDefault("filters");

    /// <summary>How its events are told apart.</summary>
    public EventFraming Framing { get; }

    /// <summary>Whether the stream has ended neither by script nor by the client or the daemon.</summary>
    public bool IsOpen => _isOpen;

    /// <inheritdoc/>
    public override string ToString() => Request.ToString();

    internal byte[] Bytes(FakeEvent happened) => EventWriter.Write(happened, Request.ApiVersion, Framing);

    internal void Send(byte[] chunk) => _chunks.Writer.TryWrite(chunk);

    internal void End(Exception? reason) => _chunks.Writer.TryComplete(reason);

    internal async IAsyncEnumerable<byte[]> ChunksAsync([EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            await foreach (var chunk in _chunks.Reader.ReadAllAsync(token))
            {
                yield return chunk;
            }
        }
        finally
        {
            _isOpen = false;
            _chunks.Writer.TryComplete();
        }
    }
}
