namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.CommandLine.Parsing;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary><c>decnetd agent enroll</c>: makes this machine a host of a fleet. Its key is made here, and stays here.</summary>
internal sealed class AgentEnrollCommand : DaemonCommand
{
    readonly Option<HostAndPort?> master = new("--master")
    {
        Description = "Where the master enrols hosts.",
        HelpName = "HOST[:PORT]",
        CustomParser = Values.Peer(SwarmProtocol.EnrolmentPort),
    };

    readonly Option<string?> token = new("--token") { Description = "The token of 'decnetd host enroll'.", HelpName = "T", CustomParser = Values.NotBlank };

    readonly Option<string?> tokenFile = new("--token-file") { Description = "A file with the token, for those who do not want it in the list of processes.", HelpName = "FILE", CustomParser = Values.NotBlank };

    readonly Option<string?> authority = new("--ca-fingerprint") { Description = "The fingerprint of the fleet's authority, as the master prints it.", HelpName = "sha256:HEX", CustomParser = Fingerprint };

    readonly Option<string[]> address = new("--address")
    {
        Description = "A host name or address under which the master reaches this host. Default: the one that it sees.",
        HelpName = "HOST",
        CustomParser = Values.HostNames,
        DefaultValueFactory = static _ => [],
    };

    readonly Option<int?> port = new("--port") { Description = $"The port of the agent. Default: {SwarmProtocol.AgentPort}.", HelpName = "PORT", CustomParser = Values.Port };

    readonly Option<HostAndPort?> reportTo = new("--report-to")
    {
        Description = "Where the master takes reports. Default: the host of --master, and the port that it tells.",
        HelpName = "HOST[:PORT]",
        CustomParser = Values.Peer(SwarmProtocol.MasterPort),
    };

    readonly Option<string?> request = new("--request") { Description = "Write a certificate signing request to this file, to be carried to the master, and end.", HelpName = "FILE", CustomParser = Values.NotBlank };

    readonly Option<string?> reply = new("--reply") { Description = "Take the reply to such a request from this file.", HelpName = "FILE", CustomParser = Values.NotBlank };

    readonly Option<bool> force = new("--force") { Description = "Replace an enrolment that is there, as soon as the master has accepted the new one." };

    internal AgentEnrollCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("enroll", "Make this machine a host of a fleet, by a token of its master.", global, environment)
    {
        foreach (var option in new Option[] { master, token, tokenFile, authority, address, port, reportTo, request, reply, force })
        {
            Add(option);
        }

        Validators.Add(Check);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var options = Global.Settings(arguments, Environment);
        var folder = PkiFolder.Of(options.Folder);
        EnrolmentFolder.CheckNoMaster(folder);
        if (arguments.GetValue(reply) is { } answered)
        {
            await StoreAsync(arguments, options, folder, EnrolmentFolder.ReadReply(answered), cancellationToken).ConfigureAwait(false);
            return ExitCodes.Done;
        }

        var csr = await HostEnrolment.PrepareAsync(folder, KeyAlgorithm.EcdsaP256, options.Clock, cancellationToken, arguments.GetValue(force)).ConfigureAwait(false);
        if (arguments.GetValue(request) is { } target)
        {
            await File.WriteAllTextAsync(target, csr, cancellationToken).ConfigureAwait(false);
            await Terminal.Error.WriteLineAsync($"The request is in {target}. Have the master sign it, and come back with --reply.").ConfigureAwait(false);
            return ExitCodes.Done;
        }

        var asked = new EnrolmentRequest
        {
            Version = SwarmProtocol.Version,
            Token = arguments.GetValue(token) ?? (await File.ReadAllTextAsync(arguments.GetValue(tokenFile)!, cancellationToken).ConfigureAwait(false)).Trim(),
            CertificateRequest = csr,
            Addresses = [.. arguments.GetValue(address) ?? []],
            AgentPort = AgentPort(arguments),
        };
        var (host, enrolmentPort) = arguments.GetValue(master)!.Value;
        using var client = new EnrolmentClient(host, enrolmentPort, arguments.GetValue(authority)!, options.Clock);
        var got = await client.EnrolAsync(asked, cancellationToken).ConfigureAwait(false);
        await StoreAsync(arguments, options, folder, got, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    async Task StoreAsync(ParseResult arguments, LocalFleetOptions options, PkiFolder folder, EnrolmentReply got, CancellationToken cancellationToken)
    {
        var where = arguments.GetValue(reportTo) ?? new HostAndPort(arguments.GetValue(master)!.Value.Host, got.MasterPort);
        var file = new AgentFile { HostId = got.HostId, Master = where.Host, MasterPort = where.Port, AgentPort = AgentPort(arguments) };

        // Before the certificates, since an agent with these and without the file would not know its master; and not before they are checked.
        await HostEnrolment.StoreAsync(
            folder, arguments.GetValue(authority)!, got, options.Clock, cancellationToken, arguments.GetValue(force), () => file.Save(options.Folder)).ConfigureAwait(false);
        var identity = HostPki.Open(folder, options.Clock).Current.Identity;
        if (!Global.Json(arguments))
        {
            await Terminal.Out.WriteLineAsync($"This is the host {got.HostId} now. Start its agent: decnetd agent").ConfigureAwait(false);
            return;
        }

        JsonLines.Write(Terminal.Out, writer =>
        {
            writer.WriteString("host_id", got.HostId.Value);
            writer.WriteString("master", where.ToString());
            writer.WriteString("fingerprint", identity.Fingerprint);
            writer.WriteOptional("expires_at", new DateTimeOffset(identity.Certificate.NotAfter.ToUniversalTime()));
        });
    }

    int AgentPort(ParseResult arguments) => arguments.GetValue(port) ?? SwarmProtocol.AgentPort;

    void Check(CommandResult result)
    {
        if (Has(request))
        {
            return;
        }

        if (!Has(authority))
        {
            result.AddError("--ca-fingerprint is missing; 'decnetd host enroll' prints it.");
        }

        if (Has(reply))
        {
            Demand(Has(reportTo), "--reply needs --report-to, the master.");
            return;
        }

        Demand(Has(master), "--master is missing.");
        Demand(Has(token) != Has(tokenFile), "Give --token or --token-file.");

        bool Has(Option option) => result.GetResult(option) is not null;

        void Demand(bool isMet, string error)
        {
            if (!isMet)
            {
                result.AddError(error);
            }
        }
    }

    static string? Fingerprint(ArgumentResult result)
    {
        if (CertificateFingerprint.TryParse(result.Tokens[0].Value, out var fingerprint))
        {
            return fingerprint;
        }

        result.AddError($"--ca-fingerprint takes sha256: and 64 hexadecimal digits, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
