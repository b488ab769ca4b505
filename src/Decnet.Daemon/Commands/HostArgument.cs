namespace Decnet.Daemon.Commands;

using System.CommandLine;

/// <summary>The name or identity of a host on the command line.</summary>
internal static class HostArgument
{
    internal static Argument<string> One(string description = "The host, by name or identity.") => new("NAME") { Description = description };
}
