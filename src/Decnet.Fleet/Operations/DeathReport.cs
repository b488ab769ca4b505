namespace Decnet.Fleet.Operations;

using System.Text;
using Decnet.Fleet.Containers;

/// <summary>Tells what containers that died wrote last.</summary>
internal static class DeathReport
{
    const int MostContainers = 3;

    /// <summary>A sentence per container, beginning with a space; nothing when there is nothing to tell.</summary>
    internal static async Task<string> WriteAsync(
        IContainerRuntime runtime, IReadOnlyList<ObservedContainer> containers, int lines, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var dead = containers.Where(IsDead).Take(lines == 0 ? 0 : MostContainers);
        foreach (var container in dead)
        {
            var said = await ReadAsync(runtime, container, lines, cancellationToken).ConfigureAwait(false);
            if (said.Length > 0)
            {
                text.Append(" The last lines of ").Append(container.Name).Append(": ").Append(said.ReplaceLineEndings(" | ")).Append('.');
            }
        }

        return text.ToString();
    }

    static bool IsDead(ObservedContainer container) =>
        container.State is ContainerState.Exited or ContainerState.Dead or ContainerState.Restarting;

    static async Task<string> ReadAsync(IContainerRuntime runtime, ObservedContainer container, int lines, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.ReadLogTailAsync(container.Id, lines, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException)
        {
            // The cause is told without them, then.
            return "";
        }
    }
}
