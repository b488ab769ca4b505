namespace Decnet.Fleet.Docker.Transport;

/// <summary>The limits of the connections to one engine.</summary>
internal sealed record TransportOptions
{
    /// <summary>How many connections may be open at once. Each stream (events, logs, a pull) keeps one; further requests wait.</summary>
    /// <value>Default: 32. At least 2, or a stream of events would stop everything else.</value>
    public int MaxConnections { get; init; } = 32;

    /// <summary>How long connecting may take, with the name look-up and the TLS handshake.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an unused connection is kept. The engine keeps them for ever; proxies before it often end them after 60 seconds,
    /// and a request that meets such an end is lost.
    /// </summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After what silence a TCP connection is probed, so that a stream ends when the other side is gone.</summary>
    /// <value>Default: 30 seconds, as the docker command does. Whole seconds.</value>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 2, nameof(MaxConnections));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero, nameof(ConnectTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ConnectTimeout, TimeSpan.FromDays(1), nameof(ConnectTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(IdleTimeout, TimeSpan.Zero, nameof(IdleTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepAlive, TimeSpan.FromSeconds(1), nameof(KeepAlive));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KeepAlive, TimeSpan.FromHours(1), nameof(KeepAlive));
    }
}
