namespace Decnet.FakeDaemon;

/// <summary>How a reply leaves the daemon.</summary>
public enum ReplyKind
{
    /// <summary>A proper HTTP answer, with whatever faults it was given.</summary>
    Http,

    /// <summary>The body is the literal bytes of the whole answer.</summary>
    Raw,

    /// <summary>Nothing is sent; the connection stays open.</summary>
    Hang,

    /// <summary>Nothing is sent; the client's next read fails with a reset.</summary>
    Reset,

    /// <summary>Nothing is sent; the client's next read sees the end of the stream.</summary>
    Close,
}
