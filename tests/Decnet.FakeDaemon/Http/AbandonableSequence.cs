namespace Decnet.FakeDaemon.Http;

/// <summary>Reads a test's sequence, and leaves it behind when the client or the daemon goes although the sequence does not heed its token.</summary>
sealed class AbandonableSequence(IAsyncEnumerable<byte[]> chunks, CancellationToken token) : IAsyncDisposable
{
    readonly IAsyncEnumerator<byte[]> _chunks = chunks.GetAsyncEnumerator(token);
    Task<bool>? _moving;

    /// <summary>The next chunk; null at the end.</summary>
    public async Task<byte[]?> NextAsync()
    {
        _moving = _chunks.MoveNextAsync().AsTask();
        return await _moving.WaitAsync(token) ? _chunks.Current : null;
    }

    public ValueTask DisposeAsync() => _moving is null or { IsCompleted: true } ? _chunks.DisposeAsync() : DisposeSoonAsync(_moving);

    async ValueTask DisposeSoonAsync(Task moving)
    {
        // One that heeds its token ends at once. Another cannot be disposed while it moves.
        await Task.WhenAny(moving, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        if (moving.IsCompleted)
        {
            await _chunks.DisposeAsync();
        }
    }
}
