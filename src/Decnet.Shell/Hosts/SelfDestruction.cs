namespace Decnet.Shell.Hosts;

using System.Globalization;
using Decnet.Fleet.Hosting;
using Decnet.Shell.Flow;
using Output = Decnet.Shell.Output;

/// <summary>The self-destruction of a host: what it would remove is known, and nothing is done yet.</summary>
public sealed class SelfDestruction
{
    readonly Output.FleetHost host;
    readonly HostDestruction destruction;

    internal SelfDestruction(Output.FleetHost host, HostDestruction destruction)
    {
        this.host = host;
        this.destruction = destruction;
    }

    /// <summary>What is removed: deckies, units and paths.</summary>
    public IReadOnlyList<string> Removes => destruction.Removes;

    /// <summary>Orders it, and waits for the last words of the host.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="showHost">Whether the host is put out, as it was, when it is gone.</param>
    /// <param name="outlet">Takes it, or a fault when it is not gone.</param>
    /// <param name="cancellationToken">Ends the wait; the host goes on.</param>
    /// <returns>A task that ends when the host is gone, has failed, or the time is over.</returns>
    /// <exception cref="Decnet.Fleet.Model.DecnetException">Something cannot be removed, so that nothing was begun; or the agent does not answer.</exception>
    public async Task RunAsync(TimeSpan timeout, bool showHost, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outlet);
        outlet.Report(new WorkProgress($"{host.Name} removes itself", 0, 0));
        switch (await destruction.RunAsync(timeout, cancellationToken).ConfigureAwait(false))
        {
            case null:
                outlet.Fail(new Fault(
                    "SelfDestructTimeout",
                    FaultCategory.OperationTimeout,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The host '{host.Name}' has begun to remove itself, and has not said within {timeout.TotalSeconds:0.#} s that it has. Is 'decnetd master' running? Get-DecnetEvent -Topic 'host.*.farewell' shows what it says later."),
                    host.Name));
                break;
            case { Succeeded: false } result:
                outlet.Fail(new Fault(
                    "SelfDestructFailed",
                    FaultCategory.InvalidResult,
                    $"The host '{host.Name}' could not remove itself as a whole: {string.Join("; ", result.Failed)}",
                    host.Name));
                break;
            default:
                if (showHost)
                {
                    outlet.Write(host);
                }

                break;
        }
    }
}
