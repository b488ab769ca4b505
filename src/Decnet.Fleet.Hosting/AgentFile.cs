namespace Decnet.Fleet.Hosting;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>What a host that is enrolled knows of itself and its master, in <c>agent.json</c> of its state folder.</summary>
public sealed record AgentFile
{
    /// <summary>The name of the file.</summary>
    public const string Name = "agent.json";

    const int MaxBytes = 64 * 1024;

    /// <summary>The identity of the host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The host name or address of the master.</summary>
    public required string Master { get; init; }

    /// <summary>The port of the master for reports.</summary>
    public required int MasterPort { get; init; }

    /// <summary>The port that the agent listens on.</summary>
    public required int AgentPort { get; init; }

    /// <summary>Reads the file.</summary>
    /// <param name="folder">The state folder.</param>
    /// <returns>What it says; null when there is none, so that the host is not enrolled.</returns>
    /// <exception cref="FleetFileException">It cannot be read.</exception>
    public static AgentFile? Load(StateFolder folder)
    {
        var path = PathIn(folder);
        try
        {
            return DurableFiles.Instance.Read(path, MaxBytes) is { } bytes
                ? JsonSerializer.Deserialize(bytes, AgentFileJsonContext.Default.AgentFile) ?? throw new JsonException("It is null.")
                : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FleetFileException(path, $"'{path}' cannot be read: {error.Message} Restore it, or enrol this host again: decnetd agent enroll.", error);
        }
    }

    /// <summary>Writes the file, over one that is there.</summary>
    /// <param name="folder">The state folder.</param>
    /// <exception cref="FleetFileException">It cannot be written.</exception>
    public void Save(StateFolder folder) =>
        DurableFile.Write(PathIn(folder), overwrite: true, stream => JsonSerializer.Serialize(stream, this, AgentFileJsonContext.Default.AgentFile));

    static string PathIn(StateFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Path.Combine(folder.Path, Name);
    }
}
