namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Gives every decky a host name of its own: one that fits its OS family when that has ways of naming, else one in the style
/// of its distribution. Names differ by more than case, as host names must.
/// </summary>
internal sealed class HostnameGenerator(Random random, HostnameWords words, int count)
{
    /// <summary>How many names that are taken may come in a row before a pattern counts as nearly used up and grows.</summary>
    const int MaxTries = 8;

    readonly HashSet<string> taken = new(count, StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<OsFamilyDefinition, Source[]> families = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<HostnameStyle, Source[]> styles = [];

    /// <summary>Takes a name that is asked for; false when it is taken.</summary>
    internal bool TryClaim(string hostname) => taken.Add(hostname);

    internal string Next(DistroDefinition distro, OsFamilyDefinition family)
    {
        var sources = SourcesOf(distro, family);
        var source = sources.Length == 1 ? sources[0] : sources[random.Next(sources.Length)];
        Span<char> buffer = stackalloc char[128];
        var lookup = taken.GetAlternateLookup<ReadOnlySpan<char>>();
        while (true)
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var name = buffer[..source.Pattern.Fill(random, source.Level, buffer)];
                if (!lookup.Contains(name))
                {
                    var hostname = name.ToString();
                    taken.Add(hostname);
                    return hostname;
                }
            }

            source.Level++;
        }
    }

    /// <summary>Whether deckies of two kinds are named in the same ways.</summary>
    internal bool NamesAlike((DistroDefinition Distro, OsFamilyDefinition Family) one, (DistroDefinition Distro, OsFamilyDefinition Family) other) =>
        ReferenceEquals(SourcesOf(one.Distro, one.Family), SourcesOf(other.Distro, other.Family));

    Source[] SourcesOf(DistroDefinition distro, OsFamilyDefinition family)
    {
        if (family.HostnamePatterns.Count == 0)
        {
            if (!styles.TryGetValue(distro.HostnameStyle, out var style))
            {
                styles[distro.HostnameStyle] = style = [new Source(new HostnamePattern(PatternOf(distro.HostnameStyle), words))];
            }

            return style;
        }

        if (!families.TryGetValue(family, out var sources))
        {
            families[family] = sources = [.. family.HostnamePatterns.Select(pattern => new Source(new HostnamePattern(pattern, words)))];
        }

        return sources;
    }

    static string PatternOf(HostnameStyle style) => style switch
    {
        HostnameStyle.Rhel => "{word}{number}.localdomain",
        HostnameStyle.Minimal => "{word}-{number}",
        HostnameStyle.Rolling => "{word}-{word}",
        _ => "SRV-{WORD}-{number}",
    };

    sealed class Source(HostnamePattern pattern)
    {
        internal HostnamePattern Pattern => pattern;

        internal int Level { get; set; }
    }
}
