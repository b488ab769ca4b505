namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;
using Decnet.Fleet.State;

/// <summary>Remembers across a restart that the host is being removed, and tells a remover that is a unit by which request.</summary>
internal sealed record SelfDestructMark
{
    const string Name = "self-destruct.json";

    public required Guid OperationId { get; init; }

    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Removes { get; init; }

    internal static string PathIn(StateFolder folder) => Path.Combine(folder.Path, Name);

    /// <returns>The mark; null when there is none, so that nothing has begun.</returns>
    /// <exception cref="FleetFileException">It cannot be read.</exception>
    internal static SelfDestructMark? Read(StateFolder folder)
    {
        var path = PathIn(folder);
        try
        {
            return DurableFiles.Instance.Read(path, InstallManifest.MaxBytes) is { } text
                ? JsonSerializer.Deserialize(text, ManifestJsonContext.Default.SelfDestructMark)
                : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FleetFileException(path, $"'{path}' cannot be read: {error.Message}", error);
        }
    }

    internal void Write(StateFolder folder)
    {
        DurableFiles.Instance.CreateFolder(folder.Path);
        DurableFile.Write(PathIn(folder), overwrite: true, stream => JsonSerializer.Serialize(stream, this, ManifestJsonContext.Default.SelfDestructMark));
    }
}
