namespace Decnet.FakeDaemon;

/// <summary>Where a reply breaks off, and how.</summary>
/// <param name="Kind">How: <see cref="ReplyKind.Close"/>, <see cref="ReplyKind.Reset"/> or <see cref="ReplyKind.Hang"/>.</param>
/// <param name="AfterBytes">After how many bytes of the body, without chunked coding; of a raw reply, after how many of its bytes.</param>
public sealed record ReplyBreak(ReplyKind Kind, long AfterBytes);
