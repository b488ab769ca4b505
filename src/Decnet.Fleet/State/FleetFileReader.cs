namespace Decnet.Fleet.State;

using System.Globalization;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>Reads the bytes of a fleet file: of this system, or of the Python system.</summary>
internal static class FleetFileReader
{
    const string ConfigPath = "$.config";

    static readonly string[] Keys = ["format", "generation", "saved_at", "checksum", "config"];

    /// <summary>Reads a file that exists.</summary>
    internal static DesiredState Read(string path, ReadOnlyMemory<byte> bytes)
    {
        var (known, issues) = Examine(bytes, Read);
        return known is null
            ? new DesiredState.Corrupt { Reason = $"The fleet file '{path}' cannot be read. {Describe(issues)}" }
            : known with { Warnings = [.. issues] };
    }

    /// <summary>Reads a document that need not be a fleet file: the configuration alone will do, and then there is no generation.</summary>
    internal static FleetDocument ReadDocument(string source, ReadOnlyMemory<byte> bytes)
    {
        var (read, issues) = Examine<FleetDocument>(bytes, text => text.Members(text.Root, "$") is not { } members ? null
            : members.ContainsKey("deckies") || members.ContainsKey("subnet") ? Fleet(text, text.Root, "$") is { } fleet ? new() { Source = source, Fleet = fleet } : null
            : Read(text) is { } known ? new() { Source = source, Fleet = known.Fleet, Generation = known.Generation }
            : null);
        return (read ?? new() { Source = source }) with { Issues = [.. issues] };
    }

    /// <returns>What was read, null when there are errors; and all issues.</returns>
    static (T? Read, List<FleetIssue> Issues) Examine<T>(ReadOnlyMemory<byte> bytes, Func<FleetFileSource, T?> read) where T : class
    {
        if (bytes.IsEmpty)
        {
            return (null, [FleetIssue.Error("empty", "It is empty: 0 bytes.")]);
        }

        try
        {
            var source = new FleetFileSource(bytes);
            var value = read(source);
            return (source.HasErrors ? null : value, source.Issues);
        }
        catch (JsonException error)
        {
            return (null, [FleetIssue.Error("not-json", $"It is not JSON, or only a part of it: {FleetFileSource.Reason(error)}", line: (int)(error.LineNumber ?? 0) + 1)]);
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            return (null, [FleetIssue.Error("not-unicode", $"It holds a text that is not valid Unicode. {error.Message}")]);
        }
    }

    static DesiredState.Known? Read(FleetFileSource source)
    {
        if (source.Members(source.Root, "$") is not { } members)
        {
            return null;
        }

        if (members.ContainsKey("format"))
        {
            return ReadOwn(source, members);
        }

        if (members.TryGetValue("config", out var config))
        {
            return FleetFilePython.Read(source, config);
        }

        source.Error("not-a-fleet-file", "$", source.Root, "it has neither the key 'format' nor the key 'config': it is not a fleet file.");
        return null;
    }

    static DesiredState.Known? ReadOwn(FleetFileSource source, Dictionary<string, Range> members)
    {
        if (!IsThisVersion(source, members["format"]))
        {
            return null;
        }

        foreach (var (key, value) in members.Where(member => !Keys.Contains(member.Key)))
        {
            source.Error("unknown-key", $"$.{key}", value, $"the key is unknown. The keys are {string.Join(", ", Keys)}.");
        }

        var generation = Generation(source, members);
        if (!members.TryGetValue("config", out var config))
        {
            source.Error("missing-key", ConfigPath, source.Root, "the key is missing. It holds the fleet.");
            return null;
        }

        if (Fleet(source, config, ConfigPath) is not { } fleet)
        {
            return null;
        }

        var checksum = FleetFileFormat.Checksum(source.Text(config));
        var saved = members.TryGetValue("checksum", out var stated) && Text(source, stated) == FleetFileFormat.ChecksumPrefix + checksum;
        if (!saved)
        {
            source.Warning(
                "edited-by-hand",
                "$.checksum",
                stated,
                "the checksum does not fit the configuration: the file was edited since it was saved. The edit holds.");
        }

        return new DesiredState.Known
        {
            Fleet = fleet,
            Generation = generation,
            Origin = saved ? FleetFileOrigin.Saved : FleetFileOrigin.EditedByHand,
            Checksum = checksum,
        };
    }

    static bool IsThisVersion(FleetFileSource source, Range part)
    {
        var format = Text(source, part);
        var known = format is not null && format.StartsWith(FleetFileFormat.Family, StringComparison.Ordinal);
        if (known && int.TryParse(format.AsSpan(FleetFileFormat.Family.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
        {
            if (version == FleetFileFormat.Version)
            {
                return true;
            }

            source.Error("newer-format", "$.format", part, $"'{format}' is newer than this version of Decnet, which reads up to '{FleetFileFormat.Family}{FleetFileFormat.Version}'. Update Decnet.");
            return false;
        }

        source.Error("unknown-format", "$.format", part, $"the format must be the text '{FleetFileFormat.Family}{FleetFileFormat.Version}'.");
        return false;
    }

    static long Generation(FleetFileSource source, Dictionary<string, Range> members)
    {
        if (members.TryGetValue("generation", out var part))
        {
            var reader = new Utf8JsonReader(source.Text(part));
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var generation) && generation is > 0 and <= FleetFileFormat.MaxGeneration)
            {
                return generation;
            }
        }

        source.Error("invalid-generation", "$.generation", part, "the generation must be a whole number, at least 1.");
        return 0;
    }

    static Fleet? Fleet(FleetFileSource source, Range config, string path)
    {
        if (source.Members(config, path) is not { } members)
        {
            return null;
        }

        var parts = members.TryGetValue("deckies", out var list) ? source.Elements(list, path + ".deckies") : [];
        var deckies = new Decky?[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            deckies[i] = source.Deserialize(parts[i], FleetFileSource.Index(path + ".deckies", i), ModelJsonContext.Default.Decky);
        }

        FleetFileChecks.Run(source, path + ".deckies", parts, deckies);
        var rest = WithoutElements(source, config, list, parts.Count);
        var fleet = source.Deserialize(rest, config, path, ModelJsonContext.Default.Fleet);
        return source.HasErrors ? null : fleet! with { Deckies = [.. deckies!] };
    }

    /// <summary>The configuration with blanks in place of the deckies, which were read already; lines stay where they are.</summary>
    static byte[] WithoutElements(FleetFileSource source, Range config, Range list, int count)
    {
        var text = source.Text(config).ToArray();
        if (count > 0)
        {
            var elements = text.AsSpan((list.Start.Value - config.Start.Value + 1)..(list.End.Value - config.Start.Value - 1));
            foreach (ref var c in elements)
            {
                c = c == (byte)'\n' ? c : (byte)' ';
            }
        }

        return text;
    }

    static string? Text(FleetFileSource source, Range part)
    {
        var reader = new Utf8JsonReader(source.Text(part));
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    static string Describe(List<FleetIssue> issues)
    {
        var errors = issues.Where(issue => issue.Severity == FleetIssueSeverity.Error).ToList();
        return errors.Count == 1
            ? errors[0].Line is null ? errors[0].Message : errors[0].ToString()
            : $"It has {errors.Count} errors:\n" + string.Join('\n', errors.Select(error => "  " + error));
    }
}
