namespace Decnet.Fleet.Catalog;

using System.Text;
using System.Text.Unicode;
using Decnet.Fleet.Model;

/// <summary>
/// Reads catalog files: JSON (RFC 8259), where comments and trailing commas are allowed, with the lists <c>services</c>,
/// <c>archetypes</c> and <c>distros</c> and the map <c>images</c>, all optional. Whether the entries make sense is checked
/// by <see cref="FleetCatalog.With"/>.
/// </summary>
public static class CatalogFile
{
    /// <summary>The largest file, in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>What it adds to the catalog.</returns>
    /// <exception cref="FleetValidationException">The content is not valid; all errors are listed, with their lines.</exception>
    /// <exception cref="DecnetException">The file cannot be read.</exception>
    public static CatalogOverlay Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] content;
        try
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[MaxBytes + 1];
            content = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DecnetException($"The catalog file '{path}' cannot be read: {error.Message}", error);
        }

        return Parse(content, path);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <returns>What it adds to the catalog.</returns>
    /// <exception cref="FleetValidationException">The text is not valid; all errors are listed, with their lines.</exception>
    public static CatalogOverlay Parse(string json, string source = "catalog")
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), source);
    }

    static CatalogOverlay Parse(byte[] content, string source)
    {
        if (content.Length > MaxBytes)
        {
            throw Refused(source, FleetIssue.Error("catalog-too-large", "It is larger than 1 MiB.", "split the fleet, or remove what it does not use"));
        }

        var start = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var text = content.AsMemory(start);
        if (!Utf8.IsValid(text.Span))
        {
            throw Refused(source, FleetIssue.Error("bad-encoding", "It is not UTF-8 text.", "save it as UTF-8"));
        }

        var reader = new CatalogReader(text);
        var overlay = reader.Read();
        return reader.Issues.Count == 0 ? overlay : throw new FleetValidationException(source, reader.Issues);
    }

    static FleetValidationException Refused(string source, FleetIssue issue) => new(source, [issue]);
}
