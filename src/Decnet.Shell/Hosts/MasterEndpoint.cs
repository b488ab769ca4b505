namespace Decnet.Shell.Hosts;

using System.Globalization;
using Decnet.Fleet.Hosting;
using Decnet.Shell.Flow;

/// <summary>Where hosts reach the master: <c>HOST</c> or <c>HOST:PORT</c>.</summary>
internal sealed record MasterEndpoint(string Host, int Port)
{
    /// <summary>Reads it.</summary>
    /// <param name="text">The text; null for what this machine is most likely reached by.</param>
    /// <param name="port">The port when the text has none.</param>
    /// <exception cref="FaultException">It is none.</exception>
    internal static MasterEndpoint Of(string? text, int port)
    {
        if (text is null)
        {
            return new MasterEndpoint(MachineNames.Best(), port);
        }

        // An address of IPv6 may stand alone, without the brackets that tell it from a port.
        var shown = Uri.CheckHostName(text) == UriHostNameType.IPv6 && text[0] != '[' ? $"[{text}]" : text;
        return Uri.TryCreate($"decnet://{shown}", UriKind.Absolute, out var uri) && uri is { PathAndQuery: "" or "/", UserInfo: "", Fragment: "", Port: not 0 }
            && Uri.CheckHostName(uri.DnsSafeHost) is not (UriHostNameType.Unknown or UriHostNameType.Basic)
            ? new MasterEndpoint(uri.DnsSafeHost, uri.Port < 0 ? port : uri.Port)
            : throw new FaultException(new Fault("MasterInvalid", FaultCategory.InvalidArgument, $"'{text}' is neither HOST nor HOST:PORT.", text));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
