namespace Decnet.Daemon.Hosting;

using System.Globalization;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>The files around an enrolment.</summary>
internal static class EnrolmentFolder
{
    const int MaxReplyBytes = 8 * 1024 * 1024;

    /// <summary>Moves the certificates of an earlier enrolment aside. Without one it does nothing.</summary>
    /// <exception cref="DecnetException">It is the folder of a master, or cannot be moved.</exception>
    internal static void MoveAside(PkiFolder folder, TimeProvider clock)
    {
        if (!Directory.Exists(folder.Path))
        {
            return;
        }

        if (folder.Has(PkiFolder.AuthorityKey))
        {
            throw new PkiException($"'{folder.Path}' has the authority of a fleet: this machine is a master. Choose another --state-dir for the agent.") { Path = folder.Path };
        }

        var target = string.Create(CultureInfo.InvariantCulture, $"{folder.Path}-{clock.GetUtcNow():yyyyMMdd-HHmmss}");
        try
        {
            Directory.Move(folder.Path, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"'{folder.Path}' could not be moved to '{target}': {error.Message}", error) { Path = folder.Path };
        }
    }

    /// <summary>Reads the reply to a request that was carried by hand.</summary>
    /// <exception cref="FleetValidationException">It is none.</exception>
    internal static EnrolmentReply ReadReply(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return (stream.Length <= MaxReplyBytes ? JsonSerializer.Deserialize(stream, SwarmJsonContext.Default.EnrolmentReply) : null)
                ?? throw new JsonException("It is empty, or too long.");
        }
        catch (JsonException error)
        {
            throw new FleetValidationException(
                path, [FleetIssue.Error("bad-reply", $"It is not the reply to a request: {error.Message}", "have the master sign the request again", path)]);
        }
    }
}
