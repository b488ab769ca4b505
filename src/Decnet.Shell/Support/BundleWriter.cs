namespace Decnet.Shell.Support;

using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

/// <summary>Gathers the parts of a bundle, each without secrets. A part that cannot be had is told of, and the others are gathered.</summary>
internal sealed class BundleWriter(KnownSecrets secrets)
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly List<(string Name, Func<string> Text)> parts = [];
    readonly List<string> errors = [];

    /// <summary>The names of the parts.</summary>
    internal IEnumerable<string> Names => parts.Select(part => part.Name);

    /// <summary>Gathers a part. Its secrets are hidden when it is written, since parts that come later may tell of more.</summary>
    internal async Task AddAsync(string name, Func<Task<JsonNode>> make)
    {
        try
        {
            var node = await make().ConfigureAwait(false);
            parts.Add((name, () => secrets.Hide(node)!.ToJsonString(Readable)));
        }
#pragma warning disable CA1031 // Whatever keeps one part away is what somebody wants to know.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            errors.Add($"{name}: {error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Writes all parts as a zip archive.</summary>
    internal void Write(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, text) in parts)
        {
            Write(archive, name, text());
        }

        if (errors.Count > 0)
        {
            Write(archive, "errors.txt", secrets.Hide(string.Join('\n', errors)));
        }
    }

    static void Write(ZipArchive archive, string name, string text)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        entry.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
