namespace Decnet.Fleet.Swarm.AspNetCore.Kestrel;

using System.Net;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;

/// <summary>Logs peers that were refused, each once a minute for the same reason: one that is refused tries again and again.</summary>
internal sealed partial class HandshakeLog(ILogger logger, TimeProvider clock)
{
    const int MaxRemembered = 1024;

    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly Dictionary<(IPAddress?, PeerRefusal?, string?), long> told = [];

    internal void Refused(EndPoint? remote, PeerVerdict verdict)
    {
        if (IsNews(((remote as IPEndPoint)?.Address, verdict.Refusal, verdict.Fingerprint)))
        {
            Refused(logger, remote, verdict.Reason, verdict.Fingerprint);
        }
    }

    bool IsNews((IPAddress?, PeerRefusal?, string?) key)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            if (told.TryGetValue(key, out var last) && clock.GetElapsedTime(last, now) < Pause)
            {
                return false;
            }

            if (told.Count >= MaxRemembered)
            {
                told.Clear();
            }

            told[key] = now;
            return true;
        }
    }

    [LoggerMessage(EventId = 7004, Level = LogLevel.Warning, Message = "A connection of {Remote} was refused: {Reason} (fingerprint {Fingerprint})")]
    static partial void Refused(ILogger logger, EndPoint? remote, string? reason, string? fingerprint);
}
