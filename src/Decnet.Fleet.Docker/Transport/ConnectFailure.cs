namespace Decnet.Fleet.Docker.Transport;

using System.Net.Sockets;
using System.Security.Authentication;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>Why no connection to an engine came about.</summary>
/// <param name="Error">The kind.</param>
/// <param name="Message">What happened, to which engine, and what to do.</param>
internal sealed record ConnectFailure(RuntimeError Error, string Message)
{
    /// <summary>Explains the exception of a request that got no answer.</summary>
    /// <param name="endpoint">Where the engine is.</param>
    /// <param name="exception">What was thrown; the causes inside it are looked at too.</param>
    /// <returns>The kind and a message that names the endpoint, where it comes from, and the fix.</returns>
    public static ConnectFailure Explain(DockerEndpoint endpoint, Exception exception)
    {
        (RuntimeError error, string what) = Causes(exception).Select(cause => Classify(endpoint, cause)).FirstOrDefault(found => found is not null)
            ?? (RuntimeError.Unreachable, $"The connection failed: {exception.GetBaseException().Message}");
        return new ConnectFailure(error, $"The Docker engine at {endpoint} (from {endpoint.Source}) cannot be reached. {what}");
    }

    static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    static (RuntimeError Error, string What)? Classify(DockerEndpoint endpoint, Exception cause) => cause switch
    {
        EngineTlsException => (RuntimeError.Forbidden, cause.Message),
        _ when endpoint.Tls is { } tls && TlsAlert.Recognise(tls, cause) is { } refusal => refusal,
        AuthenticationException => (RuntimeError.Unreachable,
            $"It does not speak TLS on that port: {cause.Message} An engine listens with TLS on 2376 and without on 2375."),
        SocketException socket when endpoint.Address.Scheme == EndpointScheme.Unix => OnSocketFile(endpoint.SocketPath, socket),
        SocketException socket => OnNetwork(endpoint, socket),
        UnauthorizedAccessException => (RuntimeError.Forbidden,
            $"This process may not open {endpoint}: {User} is neither an administrator nor in the group 'docker-users'. "
            + "Add the user to the group (net localgroup docker-users USER /add) and log in again."),
        TimeoutException when endpoint.Address.Scheme == EndpointScheme.Pipe => (RuntimeError.Timeout,
            $"{cause.Message} Is Docker running? The pipe appears when its engine has started."),
        TimeoutException => (RuntimeError.Timeout, $"{cause.Message} Is the host up, and does a firewall let the port through?"),
        _ => null,
    };

    static (RuntimeError Error, string What) OnSocketFile(string path, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AccessDenied => (RuntimeError.Forbidden, NotAllowed(path)),
        _ when Directory.Exists(path) => (RuntimeError.Unreachable,
            $"'{path}' is a folder, not a socket; mounting a socket into a container before it exists makes one. Remove it and start the engine first."),
        _ when !File.Exists(path) => (RuntimeError.Unreachable,
            $"There is no socket '{path}'. Start the engine (systemctl start docker), or set DOCKER_HOST to where it listens."),
        SocketError.ConnectionRefused => (RuntimeError.Unreachable,
            $"Nothing listens on the socket '{path}': the engine is not running. Start it (systemctl start docker)."),
        _ => (RuntimeError.Unreachable, $"The socket '{path}' cannot be used: {cause.Message}."),
    };

    static (RuntimeError Error, string What) OnNetwork(DockerEndpoint endpoint, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => (RuntimeError.Unreachable,
            $"The host name '{endpoint.Address.Host}' is not known: {cause.Message}. Correct it, or use the address."),
        SocketError.ConnectionRefused => (RuntimeError.Unreachable,
            $"Nothing listens on port {endpoint.Port}: the engine is not running, or not with that port (dockerd -H)."),
        SocketError.AccessDenied => (RuntimeError.Forbidden, $"The system does not allow the connection: {cause.Message}."),
        _ => (RuntimeError.Unreachable, $"The network says: {cause.Message}."),
    };

    /// <summary>Users of containers often have a number and no name.</summary>
    static string User => Environment.UserName is { Length: > 0 } name ? $"its user '{name}'" : "its user";

    static string NotAllowed(string what) =>
        $"This process may not open {what}: {User} is neither root nor in the group of the socket, "
        + "usually 'docker'. Add the user to the group (usermod -aG docker USER) and log in again, or use a rootless engine.";
}
