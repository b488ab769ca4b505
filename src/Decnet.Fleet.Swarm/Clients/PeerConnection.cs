namespace Decnet.Fleet.Swarm.Clients;

using System.Net.Http.Headers;
using System.Security.Authentication;

/// <summary>Sends requests to one peer. Connections are kept, but none that was made with another certificate, or under another judgement, than is right now.</summary>
/// <param name="peer">Whom it is for, in messages.</param>
/// <param name="clock">Measures the time that a request may take.</param>
internal sealed class PeerConnection(string peer, TimeProvider clock) : IDisposable
{
    internal static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The status of a host with the most deckies is a third of it.</summary>
    const int MaxAnswerBytes = 16 * 1024 * 1024;

    readonly Lock gate = new();
    (PeerSide Side, HttpMessageInvoker Http)? made;

    /// <exception cref="PeerUnreachableException">No answer was had.</exception>
    /// <exception cref="PeerRefusedException">The other side is not who it should be.</exception>
    internal async Task<PeerAnswer> SendAsync(Uri address, PeerSide side, PeerRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, request.Path));
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        }

        using var limit = new CancellationTokenSource(RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await Http(side).SendAsync(message, either.Token).ConfigureAwait(false);
            return new PeerAnswer(peer, response, await ReadAsync(response.Content, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or AuthenticationException)
        {
            throw Explain(address, error, limit.IsCancellationRequested);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            made?.Http.Dispose();
            made = null;
        }
    }

    /// <summary>A refusal may be wrapped, several times, in what carries requests.</summary>
    internal static PeerRefusedException? RefusalIn(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is PeerRefusedException refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    HttpMessageInvoker Http(PeerSide side)
    {
        lock (gate)
        {
            if (made is null || !made.Value.Side.IsAsGoodAs(side))
            {
                // The former one is not disposed of: requests may be under way. Its connections end when they are idle.
                made = (side, new HttpMessageInvoker(PinnedHandler.Create(side.Identity, certificate => side.Judge(peer, certificate))));
            }

            return made.Value.Http;
        }
    }

    Exception Explain(Uri address, Exception error, bool tookTooLong)
    {
        if (RefusalIn(error) is { } refusal)
        {
            return refusal;
        }

        var what = tookTooLong ? $"it did not answer within {RequestTimeout.TotalSeconds:0} s"
            : error is OperationCanceledException ? $"no connection was had within {PinnedHandler.ConnectTimeout.TotalSeconds:0} s"
            : Innermost(error).Message.TrimEnd('.');
        return new PeerUnreachableException(peer, $"{peer} could not be reached at {address.Authority}: {what}. See that it runs, and that the address and the network are right.", error);
    }

    static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (text.Length + count > MaxAnswerBytes)
            {
                throw new PeerUnreachableException(peer, $"The answer of {peer} is longer than {MaxAnswerBytes} bytes, and was not read.");
            }

            text.Write(buffer, 0, count);
        }

        return text.ToArray();
    }
}
