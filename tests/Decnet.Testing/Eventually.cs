namespace Decnet.Testing;

/// <summary>Waits, in real time and not for ever, for something that other threads bring about.</summary>
public static class Eventually
{
    /// <param name="condition">Whether it has happened.</param>
    /// <param name="patience">How long to wait at most; a minute unless given.</param>
    /// <param name="pause">How long to wait before looking again, when looking is dear; 10 ms unless given.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? patience = null, TimeSpan? pause = null)
    {
        var end = DateTime.UtcNow + (patience ?? TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException("What the test waits for did not happen.");
            }

            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(10));
        }
    }
}
