namespace Decnet.Fleet.Hosting;

using System.Text.Json;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The answer to a host that is enrolled by hand, in a file that is carried to it.</summary>
public static class EnrolmentReplyFile
{
    /// <summary>Writes it. Nothing in it is secret.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="FleetFileException">The file is there already, or cannot be written.</exception>
    public static void Write(string path, EnrolmentReply reply, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(reply);
        DurableFile.Write(path, overwrite, stream => JsonSerializer.Serialize(stream, reply, SwarmJsonContext.Default.EnrolmentReply));
    }
}
