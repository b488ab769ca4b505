namespace Decnet.PowerShell.Commands;

using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Hosts;
using Decnet.Shell.Output;

/// <summary>Works on hosts that are named, by arguments or through the pipeline.</summary>
public abstract class HostNamesCommand : DecnetCommand
{
    /// <summary>Whether a name was found that no host has.</summary>
    private protected bool HasUnknown { get; private set; }

    /// <summary>The hosts that are named, by name or identity, each once; all when none is. A name that none has is an error of its own.</summary>
    private protected IReadOnlyList<FleetHost> Select(string[]? names)
    {
        var all = Await(token => HostList.ListAsync(Session, token));
        if (names is null || names.Length == 0)
        {
            return all;
        }

        // An identity is the name in a fleet of ours; hosts that somebody named otherwise have both.
        var keys = all.SelectMany(host => new[] { (Key: host.Name, Host: host), (Key: host.HostId, Host: host) });
        var found = NamePattern.Select([.. keys], entry => entry.Key, names, name =>
        {
            HasUnknown = true;
            Fail(Faults.NotFound("Host", name, all.Select(host => host.Name)));
        });
        return [.. found.Select(entry => entry.Host).DistinctBy(host => host.HostId)];
    }
}
