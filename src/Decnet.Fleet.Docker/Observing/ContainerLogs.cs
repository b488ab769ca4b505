namespace Decnet.Fleet.Docker.Observing;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;

/// <summary>Reads the end of what containers wrote.</summary>
internal sealed class ContainerLogs(EngineClient engine)
{
    /// <summary>How many characters are read at most. The engine counts lines, which can be of any length.</summary>
    const int MostRead = 16 * 1024 * 1024;

    internal async Task<string> ReadTailAsync(string id, int lines, CancellationToken cancellationToken)
    {
        var tail = new LogTail(lines);
        var read = 0;
        await foreach (var line in engine.Containers.LogsAsync(id, new LogQuery { Tail = lines }, cancellationToken).ConfigureAwait(false))
        {
            tail.Add(line.Text);
            read += line.Text.Length + 1;
            if (read > MostRead)
            {
                break;
            }
        }

        return tail.ToString();
    }
}
