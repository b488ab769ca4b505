namespace Decnet.Fleet.Swarm.AspNetCore.Kestrel;

using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

internal static class KestrelListening
{
    /// <summary>Listens for HTTP/1.1 and 2 over TLS.</summary>
    internal static void ListenTls(this KestrelServerOptions options, IPEndPoint endpoint, TlsHandshakeCallbackOptions handshake) =>
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(handshake);
        });
}
