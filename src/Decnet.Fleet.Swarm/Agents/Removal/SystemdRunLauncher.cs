namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>
/// Starts the remover as a unit of its own of systemd, which goes on when that of the agent is stopped (systemd-run(1)). It is for an
/// agent that root runs: another user who may start such units may run anything as root, since systemd does not tell polkit what they are.
/// </summary>
/// <param name="clock">The clock; null for the system's.</param>
public sealed class SystemdRunLauncher(TimeProvider? clock = null) : IRemoverLauncher
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public bool GivesAllRights => true;

    /// <inheritdoc/>
    public Task<string?> FindObstacleAsync(CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public async Task LaunchAsync(RemovalOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var unit = $"decnet-remove-{order.OperationId.ToString("N")[..12]}";
        var running = await ProgramRun.RunAsync("systemctl", ["is-active", "--quiet", unit], Limit, clock, cancellationToken).ConfigureAwait(false);
        if (running.Succeeded)
        {
            return;
        }

        string[] arguments = ["--collect", $"--unit={unit}", "--description=Removes Decnet from this host", "--service-type=exec", "--quiet", "--", .. order.Command];
        var run = await ProgramRun.RunAsync("systemd-run", arguments, Limit, clock, cancellationToken).ConfigureAwait(false);
        if (!run.Succeeded)
        {
            throw new DecnetException($"The remover was not started: systemd-run ended with code {run.ExitCode}: {(run.Errors.Length > 0 ? run.Errors : "it did not say why")}. Look whether the agent may start units.");
        }
    }
}
