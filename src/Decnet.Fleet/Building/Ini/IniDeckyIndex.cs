namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Model;

/// <summary>All decky sections of a document, the names of their members, and who owns which settings.</summary>
internal sealed class IniDeckyIndex
{
    readonly List<IniDeckySection> deckySections = [];
    readonly Dictionary<string, IniSection> sections = new(StringComparer.Ordinal);
    readonly HashSet<string> members = new(StringComparer.Ordinal);
    readonly HashSet<string> unclear = new(StringComparer.Ordinal);
    readonly List<(IniDeckySection Section, DeckyName Name)> order = [];
    bool isCut;

    /// <summary>The names that settings can be for: sections, then members of groups.</summary>
    internal IEnumerable<string> Owners => sections.Keys.Concat(members);

    /// <summary>Whether there is any section that means a decky, valid or not.</summary>
    internal bool IsEmpty => sections.Count == 0;

    internal void Add(IniDeckySection section)
    {
        if (sections.TryAdd(section.Section.Name, section.Section))
        {
            deckySections.Add(section);
        }

        if (!section.IsClear)
        {
            unclear.Add(section.Section.Name);
        }
    }

    internal bool IsOwner(string name) => sections.ContainsKey(name) || members.Contains(name);

    /// <summary>Whether a name could be that of a decky whose section is too broken to tell.</summary>
    internal bool MayBeOwner(string name) =>
        isCut || (name.LastIndexOf('-') is var hyphen and > 0 && unclear.Contains(name[..hyphen]));

    /// <summary>Gives every decky its name.</summary>
    internal void Expand(IniReading reading)
    {
        foreach (var section in deckySections.Where(section => section.IsClear))
        {
            if (order.Count + section.Amount > FleetIniParser.MaxDeckies)
            {
                isCut = true;
                reading.Issues.Error(
                    FleetIniIssueCode.TooManyDeckies, section.Section.Line, section.Section.Name,
                    $"with [{section.Section.Name}] there are more than {FleetIniParser.MaxDeckies} deckies", "split the fleet");
                return;
            }

            for (var member = 1; member <= section.Amount; member++)
            {
                Name(section, section.NameOf(member), reading);
            }
        }

        StandIn();
    }

    /// <summary>The deckies in the order of the file, each with the settings of its group and its own.</summary>
    internal ValueList<FleetIniDecky> Deckies(IniSettings settings)
    {
        var deckies = new FleetIniDecky[order.Count];
        for (var i = 0; i < deckies.Length; i++)
        {
            var (section, name) = order[i];
            deckies[i] = section.Member(name, settings.For(section.Section.Name, name.Value));
        }

        return [.. deckies];
    }

    /// <summary>Adds a decky for each section whose name or amount is wrong, so that the rest of it is checked at once, too.</summary>
    void StandIn()
    {
        var taken = new HashSet<string>(sections.Keys.Concat(members), StringComparer.Ordinal);
        foreach (var section in deckySections.Where(section => !section.IsClear))
        {
            var name = DeckyName.Suggest(section.Section.Name);
            if (name == section.Section.Name || taken.Add(name))
            {
                order.Add((section, DeckyName.Parse(name)));
            }
        }
    }

    void Name(IniDeckySection section, DeckyName name, IniReading reading)
    {
        if (section.Amount > 1 && sections.TryGetValue(name.Value, out var other))
        {
            reading.Issues.Error(
                FleetIniIssueCode.NameCollision, Math.Max(other.Line, section.Section.Line), name.Value,
                $"'{name}' is a section in line {other.Line} and a member of the group [{section.Section.Name}] in line {section.Section.Line}",
                "rename one of the two");
            return;
        }

        members.Add(name.Value);
        order.Add((section, name));
    }
}
