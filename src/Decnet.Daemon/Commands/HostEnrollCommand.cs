namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Swarm.Contract;

/// <summary><c>decnetd host enroll</c>: invites a host.</summary>
internal sealed class HostEnrollCommand : HostCommandBase
{
    static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    readonly Argument<string> name = new("NAME") { Description = "The name that the host gets: lower-case letters, digits and hyphens." };

    readonly Option<TimeSpan?> expires = new("--expires") { Description = "How long the token is good. Default: 1h.", HelpName = "TIME", CustomParser = Values.Interval };

    readonly Option<HostAndPort?> master = new("--master")
    {
        Description = "Where hosts reach the master, for the command line that is printed. Default: the address of this machine.",
        HelpName = "HOST[:PORT]",
        CustomParser = Values.Peer(SwarmProtocol.EnrolmentPort),
    };

    internal HostEnrollCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("enroll", "Invite a host: print a token that works once, in the command line for the host.", global, environment)
    {
        Add(name);
        Add(expires);
        Add(master);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var local = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        var fleet = local.Master ?? await local.BecomeMasterAsync(MachineNames.List(), cancellationToken).ConfigureAwait(false);
        var invitation = await fleet.OpenDesk().OpenAsync(arguments.GetRequiredValue(name), arguments.GetValue(expires) ?? UsualLifetime, cancellationToken).ConfigureAwait(false);
        var where = arguments.GetValue(master) ?? new HostAndPort(MachineNames.Best(), SwarmProtocol.EnrolmentPort);
        var command = $"decnetd agent enroll --master {where} --token {invitation.Token} --ca-fingerprint {fleet.AuthorityFingerprint}";
        if (Global.Json(arguments))
        {
            JsonLines.Write(Terminal.Out, writer =>
            {
                writer.WriteString("name", invitation.Name);
                writer.WriteString("token", invitation.Token);
                writer.WriteOptional("expires_at", invitation.ExpiresAt);
                writer.WriteString("ca_fingerprint", fleet.AuthorityFingerprint);
                writer.WriteString("command", command);
            });
            return ExitCodes.Done;
        }

        await Terminal.Out.WriteLineAsync(command).ConfigureAwait(false);
        await Terminal.Error.WriteLineAsync(
            $"Run this on the host before {TimeText.Short(invitation.ExpiresAt)}; the token works once. 'decnetd master' has to run meanwhile.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
