namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Brings a <see cref="FleetRequest"/> into the form that fleets are built of.</summary>
internal sealed class RequestPlanner(FleetRequest request)
{
    internal const string Subject = "fleet request";

    readonly List<FleetIssue> issues = [];
    readonly PreviousDeckies previous = new(request);

    internal BuildPlan Plan()
    {
        var space = Space();
        var count = Count();
        MutationInterval.Check(request.MutateInterval, issues, "mutate interval");
        MutationInterval.Check(request.FleetMutateInterval, issues, "mutate interval of the fleet");
        WarnOfIgnored();
        var wishes = Wishes(Bounded(count, space));
        return new BuildPlan
        {
            Subject = Subject,
            Issues = issues,
            Space = space,
            Wishes = wishes,
            ReservedNames = request.ReservedNames,
            Existing = [.. request.Existing, .. previous.Rest],
            Catalog = request.Catalog,
            Interface = request.Interface,
            Driver = request.Driver,
            Mode = request.Mode,
            HostId = request.HostId,
            MutateInterval = MutationInterval.Decide(request.FleetMutateInterval),
        };
    }

    AddressSpace? Space()
    {
        if (request.Subnet is null)
        {
            issues.Add(FleetIssue.Error("missing-subnet", "The network is missing.", "give the network of the LAN, such as 192.168.1.0/24", "subnet"));
        }

        if (request.Gateway is null)
        {
            issues.Add(FleetIssue.Error("missing-gateway", "The gateway is missing.", "give the address of the router of the LAN", "gateway"));
        }

        return request.Subnet is not { } subnet || request.Gateway is null ? null : new AddressSpace(subnet, request.Gateway, request);
    }

    int Count()
    {
        if ((request.Count ?? request.Names?.Count ?? request.Addresses?.Count ?? request.Hostnames?.Count) is not { } count)
        {
            issues.Add(FleetIssue.Error("missing-count", "The number of deckies is missing.", "give a count, names or addresses", "count"));
            return 1;
        }

        if (count < 1)
        {
            issues.Add(FleetIssue.Error("bad-count", $"{count} deckies are asked for.", "ask for at least one", "count"));
            return 1;
        }

        CheckLength("names", request.Names?.Count, count);
        CheckLength("addresses", request.Addresses?.Count, count);
        CheckLength("host names", request.Hostnames?.Count, count);
        return count;
    }

    void CheckLength(string what, int? length, int count)
    {
        if (length is not null && length != count)
        {
            issues.Add(FleetIssue.Error("count-mismatch", $"{count} deckies are asked for, but {length} {what} are given.", "give one for each decky, or none", what));
        }
    }

    /// <summary>No more wishes than the network could ever hold, so that a count of billions is refused rather than built.</summary>
    int Bounded(int count, AddressSpace? space)
    {
        if (space is null || !AddressSpaceCheck.HasValidSubnet(space))
        {
            return 1;
        }

        var usable = (long)IPv4.Last(space.Subnet) - IPv4.First(space.Subnet) - 1;
        if (count > usable)
        {
            issues.Add(FleetIssue.Error(
                "not-enough-addresses",
                $"Not enough free IPs in {space.Subnet}: {count} wanted, {usable} in all.",
                "ask for fewer deckies or use a larger network",
                "count"));
            return 1;
        }

        return count;
    }

    List<DeckyWish> Wishes(int count)
    {
        var names = new NameSource(request, previous.Foreign, issues);
        var persona = new PersonaWish
        {
            Target = Subject,
            IsGroup = true,
            Services = request.Services is { Count: > 0 } ? request.Services : null,
            Archetype = string.IsNullOrEmpty(request.Archetype) ? null : request.Archetype,
            RandomizeServices = request.RandomizeServices,
            Distros = request.Distros is { Count: > 0 } ? request.Distros : null,
            RandomizeDistros = request.RandomizeDistros,
            NmapOs = string.IsNullOrEmpty(request.NmapOs) ? null : request.NmapOs,
        };
        var settings = Settings();
        var wishes = new List<DeckyWish>(count);
        for (var i = 0; i < count && names.TryNext(i, count, out var name); i++)
        {
            wishes.Add(new DeckyWish
            {
                Name = name,
                Persona = persona,
                Before = previous.Take(name),
                Address = request.Addresses is { } addresses && i < addresses.Count ? addresses[i] : null,
                Hostname = request.Hostnames is { } hostnames && i < hostnames.Count ? hostnames[i] : null,
                MutateInterval = MutationInterval.Decide(request.MutateInterval, request.FleetMutateInterval),
                Settings = settings,
            });
        }

        return wishes;
    }

    SettingsWish? Settings() => request.ServiceConfig is not { Count: > 0 } config ? null : new SettingsWish(
        "service config",
        [.. config.Select(service => new ServiceSettingsWish(service.Key, service.Value, null, null))]);

    void WarnOfIgnored()
    {
        WarnIf(request.RandomizeServices && request.Services is { Count: > 0 }, "Random services are", "services are given");
        WarnIf(request.RandomizeServices && request.Services is not { Count: > 0 } && !string.IsNullOrEmpty(request.Archetype), "Random services are", "the archetype has services");
        WarnIf(request.RandomizeDistros && request.Distros is { Count: > 0 }, "Random distros are", "distros are given");
        WarnIf(request.NamePrefix is not null && request.Names is not null, "The prefix of names is", "names are given");
        WarnIf(request.FirstAddress is not null && request.Addresses is not null, "The first address is", "addresses are given");
    }

    void WarnIf(bool ignored, string what, string because)
    {
        if (ignored)
        {
            issues.Add(FleetIssue.Warning("ignored-input", $"{what} ignored, because {because}.", "give one of the two"));
        }
    }
}
