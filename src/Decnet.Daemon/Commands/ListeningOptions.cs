namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.Net;
using System.Net.Sockets;

/// <summary>Where a service listens.</summary>
internal sealed class ListeningOptions(string port)
{
    readonly Option<IPAddress?> listen = new("--listen") { Description = "The address to listen on. Default: all of this machine.", HelpName = "ADDRESS", CustomParser = Values.Listen };

    readonly Option<int?> portOption = new("--port") { Description = port, HelpName = "PORT", CustomParser = Values.Port };

    internal void AddTo(Command command)
    {
        command.Add(listen);
        command.Add(portOption);
    }

    internal IPAddress Address(ParseResult arguments) => arguments.GetValue(listen) ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any);

    /// <summary>The port; null when none is given.</summary>
    internal int? Port(ParseResult arguments) => arguments.GetValue(portOption);
}
