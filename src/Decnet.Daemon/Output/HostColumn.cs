namespace Decnet.Daemon.Output;

using Decnet.Fleet.Model;

/// <summary>The column with the hosts, which is the second one where there is any. It says nothing while all is on one host.</summary>
internal static class HostColumn
{
    const int Position = 1;

    /// <summary>The column when it is to be left out; null to show it.</summary>
    /// <param name="hosts">The hosts of all rows.</param>
    /// <param name="self">The host that is taken for granted; null for that of the first row.</param>
    internal static int? Hidden(IEnumerable<HostId> hosts, HostId? self = null)
    {
        var all = hosts.ToArray();
        return all.Length == 0 || Array.TrueForAll(all, host => host == (self ?? all[0])) ? Position : null;
    }
}
