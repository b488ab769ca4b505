namespace Decnet.Fleet.Building;

using System.Net;
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
    readonly PortCheck ports;
    readonly NameCheck names;
    readonly HostnameAssigner hostnames;
    readonly MacGenerator macs;
    readonly RandomStreams random;
    ServiceDealer? dealer;

    internal FleetAssembler(BuildPlan plan, FleetCatalog basis, int seed, DateTimeOffset now)
    {
        this.plan = plan;
        this.now = now;
        issues = plan.Issues;
        random = new RandomStreams(seed);
        catalog = new BuildCatalog(basis, plan);
        addresses = new AddressAssigner(plan, issues);
        personas = new PersonaResolver(catalog, random.Distros, issues);
        settings = new SettingsResolver(catalog, issues);
        ports = new PortCheck(catalog.Current, issues);
        names = new NameCheck(catalog.Current, issues, plan.Wishes.Count);
        hostnames = new HostnameAssigner(plan, random.Hostnames, issues);
        macs = new MacGenerator(random.MacAddresses, plan.Driver == NetworkDriver.Ipvlan ? 0 : plan.Wishes.Count);
    }

    internal FleetBuildResult Assemble()
    {
        names.Reserve(plan.ReservedNames, plan.Existing);
        foreach (var address in plan.Existing.Select(decky => decky.MacAddress).OfType<MacAddress>())
        {
            macs.Claim(address);
        }

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
        var services = persona is null ? null : persona.Services ?? (dealer ??= new ServiceDealer(catalog.Current, random.Services)).Next();
        var isUnique = names.TryAdd(wish, services);
        if (persona is null || services is null)
        {
            settings.CheckOnly(wish.Settings);
            return null;
        }

        var config = settings.Resolve(wish.Settings, services);
        var fits = persona.Services is null || ports.Run(wish, services, config);
        var distro = persona.Distros.Next();
        var hostname = hostnames.Next(wish, distro, persona.Family);
        var mac = plan.Driver == NetworkDriver.Ipvlan ? null : macs.Next(persona.Family);
        return address is null || !isUnique || !fits ? null : new Decky
        {
            Name = wish.Name,
            IPAddress = address,
            Services = services,
            Distro = distro.Slug,
            BaseImage = distro.Image,
            BuildBase = distro.BuildBase,
            Hostname = hostname,
            Archetype = persona.Archetype,
            ServiceConfig = config,
            NmapOs = persona.Family.Slug,
            MacAddress = mac,
            MutateInterval = wish.MutateInterval,
            LastMutated = now,
            HostId = plan.HostId,
        };
    }

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
