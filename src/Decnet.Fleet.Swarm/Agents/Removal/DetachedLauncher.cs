namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.ComponentModel;
using System.Diagnostics;
using Decnet.Fleet.Model;

/// <summary>Starts the remover in a session of its own, where there is no systemd: it has the rights of the agent, and goes on when the agent ends.</summary>
/// <param name="output">The file that what it writes is added to, which is kept; null for nowhere.</param>
public sealed class DetachedLauncher(string? output = null) : IRemoverLauncher
{
    /// <inheritdoc/>
    public bool GivesAllRights => false;

    /// <inheritdoc/>
    public Task<string?> FindObstacleAsync(CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public async Task LaunchAsync(RemovalOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellationToken.ThrowIfCancellationRequested();
        if (output is not null && new FileInfo(output).LinkTarget is not null)
        {
            throw new DecnetException($"The remover was not started: its output, '{output}', is a symbolic link. Remove it.");
        }

        // The shell only sets the standard streams: pipes of ours would break when the agent ends.
        string[] arguments = ["sh", "-c", "out=$1; shift; exec \"$@\" </dev/null >>\"$out\" 2>&1", "decnet-remove", output ?? "/dev/null", .. order.Command];
        try
        {
            using var process = Process.Start(new ProcessStartInfo("setsid", arguments) { UseShellExecute = false, WorkingDirectory = "/" })!;
            await Task.Yield();
        }
        catch (Win32Exception error)
        {
            throw new DecnetException($"The remover was not started: 'setsid' could not be started: {error.Message}. Install util-linux.", error);
        }
    }
}
