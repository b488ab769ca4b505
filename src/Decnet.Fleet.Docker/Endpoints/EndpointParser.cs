namespace Decnet.Fleet.Docker.Endpoints;

using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

/// <summary>Reads addresses as the docker command does.</summary>
internal static partial class EndpointParser
{
    const string Forms = "Write unix:///path/of.sock, npipe://./pipe/name or tcp://host:port.";

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address. Without a scheme it is that of a TCP port.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="tls">The TLS side of a TCP address; null for plain text.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="DockerEndpointException">The address is not one that an engine can be reached by.</exception>
    public static DockerEndpoint Parse(string text, string source, DockerTls? tls)
    {
        string trimmed = text.Trim();
        int colon = trimmed.IndexOf("://", StringComparison.Ordinal);
        string scheme = colon < 0 ? EndpointScheme.Tcp : trimmed[..colon].ToLowerInvariant();
        string rest = colon < 0 ? trimmed : trimmed[(colon + 3)..];
        return scheme switch
        {
            EndpointScheme.Unix => new DockerEndpoint { Address = Socket(rest), Source = source },
            EndpointScheme.Pipe => new DockerEndpoint { Address = Pipe(rest), Source = source },
            EndpointScheme.Tcp => new DockerEndpoint { Address = Tcp(rest), Source = source, Tls = tls },
            "ssh" => throw Wrong(
                "goes over SSH, which Decnet does not speak. Forward the engine's socket, "
                + "ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST, and use unix:///tmp/engine.sock."),
            "http" or "https" => throw Wrong("has a scheme of web pages. Write tcp://host:port; TLS is set beside the address (DOCKER_TLS_VERIFY, DOCKER_CERT_PATH)."),
            _ => throw Wrong($"has the scheme '{scheme}', which no engine is reached by. {Forms}"),
        };

        DockerEndpointException Wrong(string what, Exception? cause = null) =>
            new(source, $"The Docker address '{WithoutPassword(trimmed)}' from {source} {what}", cause);

        Uri Socket(string path)
        {
            if (!path.StartsWith('/'))
            {
                throw Wrong("does not hold an absolute path: three slashes are needed, as in unix:///var/run/docker.sock.");
            }

            try
            {
                _ = new UnixDomainSocketEndPoint(path);
            }
            catch (ArgumentOutOfRangeException exception)
            {
                throw Wrong("is a longer path than the system allows for a socket (about 107 bytes). Use a shorter one, or a link to it.", exception);
            }

            return new Uri("unix://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        }

        Uri Pipe(string path)
        {
            Match match = PipePath().Match(path);
            return match.Success
                ? new Uri($"npipe://{match.Groups["server"].Value}/pipe/{Uri.EscapeDataString(match.Groups["name"].Value)}")
                : throw Wrong("is no named pipe. Write npipe://./pipe/docker_engine.");
        }

        Uri Tcp(string authority)
        {
            Match match = Authority().Match(authority);
            if (!match.Success)
            {
                throw Wrong($"has more or less than a host and a port, or a malformed host. {Forms}");
            }

            string host = match.Groups["host"].Value is { Length: > 0 } given ? given : "localhost";
            if (Uri.CheckHostName(host.Trim('[', ']')) is UriHostNameType.Unknown or UriHostNameType.Basic)
            {
                throw Wrong($"has '{host}' as its host, which is neither a name nor an address. {Forms}");
            }

            int port = tls is null ? EndpointScheme.PlainPort : EndpointScheme.TlsPort;
            if (match.Groups["port"] is { Success: true } digits
                && (!int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            {
                throw Wrong($"has '{digits.Value}' as its port. A port is a number from 1 to 65535.");
            }

            return new Uri($"tcp://{host}:{port}");
        }
    }

    static string WithoutPassword(string address) => Password().Replace(address, ":***@");

    [GeneratedRegex(@"^(//)?(?<server>[^/\s]+)/pipe/(?<name>[^/\s]+)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex PipePath();

    [GeneratedRegex(@"^(?<host>\[[0-9A-Fa-f:.%]+\]|[^\[\]:/?#@\s]*)(:(?<port>[^/?#@\s]*))?/?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Authority();

    [GeneratedRegex(@"(?<=://[^/@]*):[^/@]*@", RegexOptions.ExplicitCapture)]
    private static partial Regex Password();
}
