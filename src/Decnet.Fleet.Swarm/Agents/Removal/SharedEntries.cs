namespace Decnet.Fleet.Swarm.Agents.Removal;

/// <summary>
/// What other services of Decnet on this host, such as a reconciler or a master, use as well: the program, the target, a state folder.
/// Their units, which lie beside those of the installation, say so. It stays when the installation goes.
/// </summary>
internal static class SharedEntries
{
    static readonly char[] Separators = [' ', '\t', '\n', '\r', '=', ':', '"', '\''];

    /// <summary>Leaves them out of a manifest.</summary>
    /// <param name="manifest">What was installed.</param>
    /// <param name="tell">Told of each, with the unit that uses it.</param>
    /// <returns>What goes with the installation.</returns>
    /// <exception cref="RemovalException">A unit cannot be read.</exception>
    internal static InstallManifest LeftOut(InstallManifest manifest, Action<string, string>? tell = null)
    {
        var shared = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var unit in OtherUnits(manifest))
        {
            var words = Words(unit);
            foreach (var entry in manifest.Files.Concat(manifest.Folders).Where(entry => words.Any(word => Means(word, entry, unit))))
            {
                shared.TryAdd(entry, unit);
            }
        }

        foreach (var (entry, unit) in shared)
        {
            tell?.Invoke(entry, unit);
        }

        return shared.Count == 0 ? manifest : manifest with
        {
            Units = [.. manifest.Units.Where(unit => !shared.Keys.Any(entry => Path.GetFileName(entry) == unit))],
            Files = [.. manifest.Files.Where(file => !shared.ContainsKey(file))],
            Folders = [.. manifest.Folders.Where(folder => !shared.ContainsKey(folder))],
        };
    }

    static IEnumerable<string> OtherUnits(InstallManifest manifest) => manifest.Files
        .Where(file => manifest.Units.Contains(Path.GetFileName(file)))
        .Select(file => Path.GetDirectoryName(file)!)
        .Distinct(StringComparer.Ordinal)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "decnet*.service"))
        .Where(unit => !manifest.Files.Contains(unit))
        .Order(StringComparer.Ordinal);

    /// <summary>The words of what a unit says; comments say nothing.</summary>
    static HashSet<string> Words(string unit)
    {
        try
        {
            return [.. File.ReadLines(unit).Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(Separators, StringSplitOptions.RemoveEmptyEntries))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RemovalException($"Whether '{unit}' uses what is to be removed cannot be told: {error.Message}");
        }
    }

    /// <summary>A unit names files and folders by path, what lies in them too, and a target, which keeps several services, by its name.</summary>
    static bool Means(string word, string entry, string unit) =>
        word == entry
        || ManifestCheck.LiesIn(word, entry)
        || (word.EndsWith(".target", StringComparison.Ordinal) && entry == Path.Combine(Path.GetDirectoryName(unit)!, word));
}
