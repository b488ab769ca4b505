namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>
/// Starts the remover as a unit of systemd that was installed with the agent and that root runs. The agent needs the right to start this
/// one unit, and has no say in what it does: the unit has its own command line, and learns of the request from the state folder.
/// </summary>
/// <param name="unit">The unit, such as <c>decnet-agent-remove.service</c>.</param>
/// <param name="clock">The clock; null for the system's.</param>
public sealed class UnitLauncher(string unit, TimeProvider? clock = null) : IRemoverLauncher
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public bool GivesAllRights => true;

    /// <inheritdoc/>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var run = await ProgramRun.RunAsync("systemctl", ["cat", "--no-pager", unit], Limit, clock, cancellationToken).ConfigureAwait(false);
            return run.Succeeded ? null : $"The unit that removes this host, {unit}, is not installed. Install it with its polkit rule; 'decnetd unit agent' writes both.";
        }
        catch (DecnetException error)
        {
            return $"The unit that removes this host, {unit}, cannot be looked at: {error.Message}";
        }
    }

    /// <inheritdoc/>
    public async Task LaunchAsync(RemovalOrder order, CancellationToken cancellationToken = default)
    {
        var run = await ProgramRun.RunAsync("systemctl", ["--no-ask-password", "start", unit], Limit, clock, cancellationToken).ConfigureAwait(false);
        if (!run.Succeeded)
        {
            throw new DecnetException(
                $"The remover was not started: 'systemctl start {unit}' ended with code {run.ExitCode}: {(run.Errors.Length > 0 ? run.Errors.TrimEnd('.') : "it did not say why")}. "
                + "Look whether polkit runs and has the rule that 'decnetd unit agent' writes.");
        }
    }
}
