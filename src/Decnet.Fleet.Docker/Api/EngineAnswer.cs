namespace Decnet.Fleet.Docker.Api;

/// <summary>An answer that goes on while the engine works. It is read piece by piece, each within the limit of silence.</summary>
internal sealed class EngineAnswer(
    EngineConnection connection, EngineRequest request, HttpResponseMessage response, Stream body, RequestDeadline deadline) : IDisposable
{
    internal string? MediaType => response.Content.Headers.ContentType?.MediaType;

    internal Stream Body => body;

    /// <summary>Reads the next piece. Every failure is a <see cref="DockerEngineException"/>, as with whole answers.</summary>
    internal async ValueTask<T> ReadAsync<T>(Func<CancellationToken, ValueTask<T>> read)
    {
        deadline.Restart();
        try
        {
            var piece = await read(deadline.Token).ConfigureAwait(false);
            deadline.Pause();
            return piece;
        }
        catch (Exception error)
        {
            throw connection.Translate(request, error, deadline);
        }
    }

    public void Dispose()
    {
        response.Dispose();
        deadline.Dispose();
    }
}
