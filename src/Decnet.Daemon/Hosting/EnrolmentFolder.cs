namespace Decnet.Daemon.Hosting;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>The files around an enrolment.</summary>
internal static class EnrolmentFolder
{
    const int MaxReplyBytes = 8 * 1024 * 1024;

    /// <summary>Refuses to make a host of the machine of a master, whose certificates would be lost.</summary>
    /// <exception cref="PkiException">It is the folder of a master.</exception>
    internal static void CheckNoMaster(PkiFolder folder)
    {
        if (folder.Has(PkiFolder.AuthorityKey))
        {
            throw new PkiException($"'{folder.Path}' has the authority of a fleet: this machine is a master. Choose another --state-dir for the agent.") { Path = folder.Path };
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
