namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>
/// Sees that nobody can change a manifest but root and the user of this process: what a remover that root runs reads must not be what
/// the account of the agent has written, or that account could have any file removed.
/// </summary>
internal static class ManifestOwners
{
    const uint Root = 0;

    /// <summary>Says who else may change it, or put another in its place.</summary>
    internal static IEnumerable<FleetIssue> Check(string path)
    {
        var issues = new List<FleetIssue>();
        try
        {
            using var above = OpenFolder.Above(path, folder => issues.AddRange(Folder(folder)));
            issues.AddRange(ManifestFile(above.OwnerOf(Path.GetFileName(path)), path));
        }
        catch (RemovalException error)
        {
            issues.Add(FleetIssue.Error("manifest-place", $"Its place cannot be looked at: {error.Message}", "give its path as it is without links", path));
        }

        return issues;
    }

    static IEnumerable<FleetIssue> Folder(OpenFolder folder)
    {
        var (owner, path) = (folder.OwnerOf("."), folder.Path.Length > 0 ? folder.Path : "/");
        if (IsStranger(owner))
        {
            yield return FleetIssue.Error("manifest-place", $"'{path}' belongs to user {owner.User}, who may put another manifest in its place.", "keep it in a folder of root, such as /etc", path);
        }
        else if (owner is { OthersMayWrite: true, IsSticky: false })
        {
            yield return FleetIssue.Error("manifest-place", $"Others than its owner may write in '{path}', and put another manifest in its place.", $"chmod go-w '{path}'", path);
        }
    }

    static IEnumerable<FleetIssue> ManifestFile(EntryOwner owner, string path)
    {
        if (IsStranger(owner))
        {
            yield return FleetIssue.Error("manifest-owner", $"It belongs to user {owner.User}, who may change what it lists.", $"look what it lists, then: chown root '{path}'", path);
        }
    }

    static bool IsStranger(EntryOwner owner) => owner.User != Root && owner.User != RemovalNative.EffectiveUser();
}
