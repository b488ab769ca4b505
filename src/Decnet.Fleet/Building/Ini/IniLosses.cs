namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Reads the text of a fleet again, and tells what is not as it was.</summary>
internal sealed class IniLosses(Fleet fleet, ICollection<FleetIssue> issues)
{
    const int MostNames = 5;

    static readonly (string What, Func<Decky, object?> Of, string Fix)[] Properties =
    [
        ("order or name", decky => decky.Name, "keep the fleet as JSON"),
        ("address", decky => decky.IPAddress, "keep the fleet as JSON"),
        ("services", decky => decky.Services, "keep the fleet as JSON"),
        ("archetype", decky => decky.Archetype, "keep the fleet as JSON"),
        ("distro", decky => decky.Distro, "keep the fleet as JSON"),
        ("images", decky => (decky.BaseImage, decky.BuildBase), "whoever reads it gets those that the catalog has for the distro; keep the fleet as JSON if they matter"),
        ("host name", decky => decky.Hostname, "keep the fleet as JSON"),
        ("OS family", decky => decky.NmapOs, "keep the fleet as JSON"),
        ("MAC address", decky => decky.MacAddress, "whoever reads it gets the addresses that the driver and the OS family call for"),
        ("interval of rotation", decky => decky.MutateInterval, "keep the fleet as JSON"),
        ("host", decky => decky.HostId, "keep the fleet as JSON"),
        ("settings of services", decky => decky.ServiceConfig, "keep the fleet as JSON; settings of services that a decky does not run now are left out"),
    ];

    internal void Find(string text)
    {
        ReportOutside();
        if (ReportNames())
        {
            return;
        }

        var ini = FleetIniParser.Parse(text);
        var result = ini.IsValid ? Build(ini) : null;
        foreach (var error in (result?.Issues ?? ini.Issues).Where(issue => issue.Severity == FleetIssueSeverity.Error))
        {
            issues.Add(error);
        }

        if (result?.Fleet is { } again)
        {
            Compare(again);
        }
    }

    /// <summary>Builds the text with all that its reader has to bring.</summary>
    FleetBuildResult Build(FleetIni ini) => new FleetBuilder().TryBuild(ini, new FleetIniOptions
    {
        Seed = 0,
        Mode = fleet.Mode,
        Catalog = Rest(),
        GatewayOffLink = !fleet.Subnet.Contains(fleet.Gateway),
    });

    void ReportOutside()
    {
        Report(fleet.Mode != FleetMode.Unihost && fleet.Deckies.All(decky => decky.HostId is null), "mode", "the mode of the fleet", "give it when the text is read");
        Report(fleet.LogFile is not null, "log_file", "the log file", "nothing reads it");
        Report(!fleet.Subnet.Contains(fleet.Gateway), "gw", "that a gateway outside of the network is meant", "say so when the text is read");
        Report(Rest() is not null, "catalog", "all that the fleet adds to the catalog", "keep that as a catalog file, and give it when the text is read");
    }

    /// <summary>What the fleet adds to the catalog and the text does not; null for nothing.</summary>
    CatalogOverlay? Rest()
    {
        if (fleet.Catalog is not { } overlay)
        {
            return null;
        }

        var rest = overlay with { Services = [.. overlay.Services.Where(service => !IniFleetText.IsSimple(service))] };
        return rest == new CatalogOverlay() ? null : rest;
    }

    bool ReportNames()
    {
        var special = fleet.Deckies
            .Where(decky => decky.Name.Value == "general" || decky.Name.Value.StartsWith(IniCustomSection.Prefix, StringComparison.Ordinal))
            .ToList();
        foreach (var decky in special)
        {
            issues.Add(FleetIssue.Error(
                FleetIniIssueCode.SpecialName, $"A section [{decky.Name}] does not mean a decky.", "rename the decky, or keep the fleet as JSON", decky.Name));
        }

        return special.Count > 0;
    }

    void Compare(Fleet again)
    {
        Report(again.Interface != fleet.Interface || again.MutateInterval != fleet.MutateInterval, "general", "all of what holds for the whole fleet", "keep the fleet as JSON");
        var names = (fleet.Catalog?.Services ?? []).Where(service => IniFleetText.IsSimple(service) && service.DisplayName != service.Slug).ToList();
        Report(names.Count > 0, "custom", "the names for people of services of its own", "keep them as a catalog file");
        foreach (var (what, of, fix) in Properties)
        {
            var changed = fleet.Deckies.Zip(again.Deckies).Where(pair => !Equals(of(pair.First), of(pair.Second))).Select(pair => pair.First.Name.Value).ToList();
            if (changed.Count > 0)
            {
                var rest = changed.Count > MostNames ? $" and {changed.Count - MostNames} more" : "";
                Report(true, changed[0], $"the {what} of {string.Join(", ", changed.Take(MostNames))}{rest}", fix);
            }
        }
    }

    void Report(bool isLost, string target, string what, string fix)
    {
        if (isLost)
        {
            issues.Add(FleetIssue.Warning(FleetIniIssueCode.NotInText, $"The text does not say {what}.", fix, target));
        }
    }
}
