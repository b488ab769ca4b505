namespace Decnet.Fleet.Swarm.Masters;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Checks invitations and what hosts send to use them.</summary>
internal static class EnrolmentCheck
{
    const int MostAddresses = 16;
    const int LongestRequest = 16 * 1024;

    /// <summary>What keeps a name from being that of a new host.</summary>
    internal static List<FleetIssue> Name(string? name, IReadOnlyList<FleetHost> hosts, HostId self)
    {
        if (!DeckyName.IsValid(name))
        {
            return
            [
                FleetIssue.Error(
                    "invalid-host-name",
                    $"'{name}' is not the name of a host: use 1 to {DeckyName.MaxLength} lower-case letters, digits and hyphens, with a letter or digit at both ends.",
                    $"'{DeckyName.Suggest(name)}' would fit",
                    name),
            ];
        }

        if (name == self.Value || name == HostId.Local.Value)
        {
            return [FleetIssue.Error("host-name-taken", $"'{name}' is the master itself.", "choose another name", name)];
        }

        return hosts.Any(host => host.Name == name || host.HostId.Value == name)
            ? [FleetIssue.Error("host-name-taken", $"There is a host '{name}' already.", "choose another name, or remove the old host first", name)]
            : [];
    }

    internal static void Check(EnrolmentRequest request)
    {
        var issues = new List<FleetIssue>();
        ReportCheck.CheckVersion(issues, request.Version);
        CheckRequest(issues, request.CertificateRequest);
        if (request.AgentPort is < 1 or > 65535)
        {
            issues.Add(FleetIssue.Error(
                "invalid-port", string.Create(CultureInfo.InvariantCulture, $"{request.AgentPort} is not a port."), "use 1 to 65535", "agent_port"));
        }

        if (request.Addresses.Count > MostAddresses)
        {
            issues.Add(FleetIssue.Error("too-many", string.Create(CultureInfo.InvariantCulture, $"There are {request.Addresses.Count} addresses; {MostAddresses} is the most."), target: "addresses"));
        }

        foreach (var address in request.Addresses.Take(MostAddresses).Where(address => Uri.CheckHostName(address) is UriHostNameType.Unknown or UriHostNameType.Basic))
        {
            issues.Add(FleetIssue.Error("invalid-address", $"'{address}' is neither an address nor a host name.", target: "addresses"));
        }

        ReportCheck.ThrowIfAny("The enrolment", issues);
    }

    internal static void Check(RenewalRequest request)
    {
        var issues = new List<FleetIssue>();
        ReportCheck.CheckVersion(issues, request.Version);
        CheckRequest(issues, request.CertificateRequest);
        ReportCheck.ThrowIfAny("The renewal", issues);
    }

    static void CheckRequest(List<FleetIssue> issues, string request)
    {
        if (request.Length is 0 or > LongestRequest)
        {
            issues.Add(FleetIssue.Error("invalid-certificate-request", $"A certificate signing request has up to {LongestRequest} characters (PKCS #10, PEM).", target: "certificate_request"));
        }
    }
}
