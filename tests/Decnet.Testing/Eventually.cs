namespace Decnet.Testing;

/// <summary>Waits, in real time and not for ever, for something that other threads bring about.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var end = DateTime.UtcNow + (patience ?? TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException("What the test waits for did not happen.");
            }

            await Task.Delay(10);
        }
    }
}
