namespace Decnet.Fleet.Building;

using System.Diagnostics.CodeAnalysis;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Makes the deckies of a plan, one pass over its wishes, and collects everything that is wrong with it.</summary>
internal sealed class FleetAssembler
{
    readonly BuildPlan plan;
    readonly List<FleetIssue> issues;
    readonly DateTimeOffset now;
    readonly BuildCatalog catalog;
    readonly AddressAssigner addresses;
    readonly PersonaResolver personas;
    readonly SettingsResolver settings;
    readonly ServiceAssigner services;
    readonly NameCheck names;
    readonly HostnameAssigner hostnames;
    readonly MacAssigner macs;

    internal FleetAssembler(BuildPlan plan, FleetCatalog basis, int seed, DateTimeOffset now)
    {
        this.plan = plan;
        this.now = now;
        issues = plan.Issues;
        var random = new RandomStreams(seed);
        catalog = new BuildCatalog(basis, plan);
        addresses = new AddressAssigner(plan, issues);
        personas = new PersonaResolver(catalog, random.Distros, issues);
        settings = new SettingsResolver(catalog, issues);
        services = new ServiceAssigner(plan, catalog.Current, random.Services, settings, new PortCheck(catalog.Current, issues));
        names = new NameCheck(catalog.Current, issues, plan.Wishes.Count);
        hostnames = new HostnameAssigner(plan, catalog.Current, random.Hostnames, issues);
        macs = new MacAssigner(plan, random.MacAddresses, issues);
    }

    internal FleetBuildResult Assemble()
    {
        names.Reserve(plan.ReservedNames, plan.Existing);
        var deckies = new List<Decky>(plan.Wishes.Count);
        foreach (var wish in plan.Wishes)
        {
            if (Make(wish) is { } decky)
            {
                deckies.Add(decky);
            }
        }

        names.Compare(plan.Wishes);
        settings.ReportUnused();
        ReportForeignServices(deckies);
        var found = InOrder(issues);
        var isValid = found.All(issue => issue.Severity != FleetIssueSeverity.Error);
        return new FleetBuildResult(plan.Subject, isValid ? Fleet([.. deckies]) : null, found);
    }

    Decky? Make(DeckyWish wish)
    {
        var address = addresses.Next(wish);
        var persona = personas.Resolve(wish);
        if (persona is null)
        {
            names.TryAdd(wish, null);
            settings.CheckOnly(wish.Settings);
            return null;
        }

        var (slugs, config, fit) = services.Next(wish, persona);
        var isUnique = names.TryAdd(wish, slugs);
        var before = wish.Before;
        var distro = persona.Distros.Next(before?.Distro);
        var hostname = hostnames.Next(wish, distro, persona.Family);
        var mac = macs.Next(wish, persona.Family);
        var (image, buildBase) = KeepsImages(before, distro) ? (before.BaseImage, before.BuildBase) : (distro.Image, distro.BuildBase);
        return address is null || !isUnique || !fit ? null : new Decky
        {
            Name = wish.Name,
            IPAddress = address,
            Services = slugs,
            Distro = distro.Slug,
            BaseImage = image,
            BuildBase = buildBase,
            Hostname = hostname,
            Archetype = persona.Archetype,
            ServiceConfig = config,
            NmapOs = persona.Family.Slug,
            MacAddress = mac,
            MutateInterval = wish.MutateInterval,
            LastMutated = before is null ? now : before.LastMutated,
            LastLoginAttempt = before?.LastLoginAttempt,
            HostId = wish.HostId ?? plan.HostId ?? before?.HostId,
        };
    }

    /// <summary>Whether a decky keeps its images: another catalog alone does not change it, but a distribution that the fleet defines does.</summary>
    bool KeepsImages([NotNullWhen(true)] Decky? before, DistroDefinition distro) =>
        before?.Distro == distro.Slug && catalog.Current.Overlay?.Distros.Any(own => own.Slug == distro.Slug) != true;

    Fleet Fleet(ValueList<Decky> deckies) => new()
    {
        Mode = plan.Mode,
        Interface = plan.Interface,
        Subnet = plan.Space!.Subnet,
        Gateway = plan.Space.Gateway!,
        Driver = plan.Driver,
        Deckies = deckies,
        MutateInterval = plan.MutateInterval,
        Catalog = catalog.Current.Overlay,
    };

    void ReportForeignServices(List<Decky> deckies)
    {
        var checkedDistros = new HashSet<string>(StringComparer.Ordinal);
        var foreign = new List<string>();
        foreach (var decky in deckies)
        {
            if (checkedDistros.Add(decky.Distro) && decky.BaseImage != decky.BuildBase)
            {
                foreign.Add(decky.Distro);
            }
        }

        if (foreign.Count > 0)
        {
            issues.Add(FleetIssue.Warning(
                "foreign-build-base",
                $"Deckies with {string.Join(", ", foreign)} have services that are built on another distro; only their base container is what it says.",
                "use a distro with apt where the difference matters",
                "distros"));
        }
    }

    /// <summary>By line, then in the order in which they were found. What several deckies of one section have in common is said once.</summary>
    static ValueList<FleetIssue> InOrder(List<FleetIssue> issues) =>
        [.. issues.DistinctBy(issue => issue.Line is null ? (object)issue : (issue.Code, issue.Line, issue.Message)).OrderBy(issue => issue.Line ?? int.MaxValue)];
}
