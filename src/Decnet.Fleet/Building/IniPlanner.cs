namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;

/// <summary>Brings a <see cref="FleetIni"/> and its options into the form that fleets are built of.</summary>
internal sealed class IniPlanner(FleetIni ini, FleetIniOptions options)
{
    const string CustomPrefix = "custom-";

    readonly List<FleetIssue> issues = [.. ini.Issues];
    readonly PreviousDeckies previous = new(options);

    internal BuildPlan Plan()
    {
        var space = Space();
        var attachedTo = Override("interface", ini.Interface, options.Interface) ?? options.DefaultInterface;
        var driver = Override("driver", ini.Driver, options.Driver) ?? NetworkDriver.Macvlan;
        var interval = Interval();
        if (ini.Deckies.Count == 0 && !ini.Issues.Any(issue => issue.Severity == FleetIssueSeverity.Error))
        {
            issues.Add(FleetIssue.Error("no-deckies", "The description has no decky.", "add a section with the name of a decky, such as [web-01]"));
        }

        var wishes = Wishes();
        return new BuildPlan
        {
            Subject = ini.Source,
            Issues = issues,
            Space = space,
            LineOf = LineOf,
            Wishes = wishes,
            ReservedNames = options.ReservedNames,
            Existing = [.. options.Existing, .. previous.Rest],
            Catalog = Overlay(),
            RefusedServices = RefusedServices(),
            Interface = attachedTo,
            Driver = driver,
            Mode = options.Mode,
            HostId = options.HostId,
            MutateInterval = interval,
        };
    }

    int? LineOf(string key) => ini.Lines.TryGetValue(key, out var line) ? line : null;

    AddressSpace? Space()
    {
        var subnet = Override("net", ini.Subnet, options.Subnet) ?? options.DefaultSubnet;
        var gateway = Override("gw", ini.Gateway, options.Gateway) ?? FittingDefault(subnet);
        Require("net", "network", subnet is not null, "write 'net = 192.168.1.0/24' into [general]");
        Require("gw", "gateway", gateway is not null, "write 'gw = 192.168.1.1' into [general]");
        return subnet is not { } network || gateway is null ? null : new AddressSpace(network, gateway, options);
    }

    /// <summary>The default gateway, unless it belongs to another network than the deckies.</summary>
    IPAddress? FittingDefault(IPNetwork? subnet) =>
        options.DefaultGateway is { } gateway && subnet is { } network && AddressSpaceCheck.Contains(network, gateway) ? gateway : null;

    void Require(string key, string what, bool given, string fix)
    {
        var isReported = LineOf(key) is { } line
            && ini.Issues.Any(issue => issue.Line == line && issue.Severity == FleetIssueSeverity.Error);
        if (!given && !isReported)
        {
            issues.Add(FleetIssue.Error(what == "network" ? "missing-subnet" : "missing-gateway", $"The {what} is missing.", fix, "general", LineOf(key)));
        }
    }

    T? Override<T>(string key, T? written, T? given)
    {
        if (given is null)
        {
            return written;
        }

        if (written is not null && !EqualityComparer<T>.Default.Equals(written, given))
        {
            issues.Add(FleetIssue.Warning("ignored-key", $"'{key}' of [general] is ignored: {Text(given)} was given instead of {Text(written)}.", "give it in one place", $"general/{key}", LineOf(key)));
        }

        return given;
    }

    static string? Text(object value) => value is TimeSpan interval ? MutationInterval.Text(interval) : value.ToString();

    TimeSpan? Interval()
    {
        MutationInterval.Check(options.MutateInterval, issues, "mutate interval");
        MutationInterval.Check(ini.MutateInterval, issues, "general/mutate_interval", LineOf("mutate_interval"));
        if (options.MutateInterval is { } interval && ini.Deckies.FirstOrDefault(decky => decky.MutateInterval is { } own && own != interval) is { } first)
        {
            var line = first.Lines.TryGetValue("mutate_interval", out var key) ? key : first.Line;
            issues.Add(FleetIssue.Warning("ignored-key", $"'mutate_interval' of deckies is ignored: {MutationInterval.Text(interval)} was given instead.", "give it in one place", $"{first.Section}/mutate_interval", line));
        }

        return MutationInterval.Decide(Override("mutate_interval", ini.MutateInterval, options.MutateInterval));
    }

    /// <summary>The services of <c>[custom-SLUG]</c> sections with errors; the parser leaves them out.</summary>
    HashSet<string> RefusedServices() =>
    [
        .. from issue in ini.Issues
           where issue.Severity == FleetIssueSeverity.Error && issue.Target?.StartsWith(CustomPrefix, StringComparison.Ordinal) == true
           select issue.Target![CustomPrefix.Length..].Split('/')[0],
    ];

    CatalogOverlay? Overlay()
    {
        if (ini.CustomServices.Count == 0)
        {
            return options.Catalog;
        }

        var overlay = options.Catalog ?? new CatalogOverlay();
        return overlay with { Services = [.. overlay.Services, .. ini.CustomServices] };
    }

    List<DeckyWish> Wishes()
    {
        var members = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var decky in ini.Deckies)
        {
            members[decky.Section] = members.GetValueOrDefault(decky.Section) + 1;
        }

        var settings = new Dictionary<object, SettingsWish>(ReferenceEqualityComparer.Instance);
        var wishes = new List<DeckyWish>(ini.Deckies.Count);
        PersonaWish? persona = null;
        foreach (var decky in ini.Deckies)
        {
            var next = Persona(decky, members[decky.Section] > 1);
            persona = next.Equals(persona) ? persona : next;
            wishes.Add(Wish(decky, persona, Settings(decky, settings)));
        }

        return wishes;
    }

    static PersonaWish Persona(FleetIniDecky decky, bool isGroup)
    {
        var services = decky.Services is { Count: > 0 } ? decky.Services : null;
        return new PersonaWish
        {
            Target = decky.Section,
            IsGroup = isGroup,
            Services = services,
            Archetype = decky.Archetype,
            RandomizeServices = services is null && decky.Archetype is null,
            Distros = decky.Distro is null ? null : [decky.Distro],
            NmapOs = decky.NmapOs,
        };
    }

    DeckyWish Wish(FleetIniDecky decky, PersonaWish persona, SettingsWish? settings)
    {
        int? Line(string key) => decky.Lines.TryGetValue(key, out var line) ? line : decky.Line;
        MutationInterval.Check(decky.MutateInterval, issues, $"{decky.Section}/mutate_interval", Line("mutate_interval"));
        return new DeckyWish
        {
            Name = decky.Name,
            Persona = persona,
            Before = previous.Take(decky.Name),
            Address = decky.IPAddress,
            Hostname = decky.Hostname,
            MacAddress = decky.MacAddress,
            HostId = decky.HostId,
            MutateInterval = MutationInterval.Decide(options.MutateInterval, decky.MutateInterval, ini.MutateInterval),
            Settings = settings,
            LineOf = Line,
        };
    }

    /// <summary>One wish for all members of a group that share their settings, so that what is wrong is said once.</summary>
    static SettingsWish? Settings(FleetIniDecky decky, Dictionary<object, SettingsWish> known)
    {
        if (decky.Settings.Count == 0)
        {
            return null;
        }

        if (!known.TryGetValue(decky.Settings, out var wish))
        {
            known[decky.Settings] = wish = new SettingsWish(decky.Name, [.. decky.Settings.Select(service => ServiceSettings(service.Key, service.Value))]);
        }

        return wish;
    }

    static ServiceSettingsWish ServiceSettings(string slug, ValueMap<FleetIniValue> values) => new(
        slug,
        [.. values.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value.Text))],
        key => values.TryGetValue(key, out var value) ? value.Line : null,
        values.Count == 0 ? null : values.Values.Min(value => value.Line));
}
