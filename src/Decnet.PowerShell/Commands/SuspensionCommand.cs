namespace Decnet.PowerShell.Commands;

using Decnet.Shell.Flow;
using Decnet.Shell.Operating;

/// <summary>Gives orders about single deckies or the whole fleet, or takes them back.</summary>
public abstract class SuspensionCommand : DeckyNamesCommand
{
    /// <summary>What is done, for the question.</summary>
    private protected abstract string Action { get; }

    /// <summary>Whether the order is about the whole fleet.</summary>
    private protected abstract bool IsForAll { get; }

    /// <summary>Whether rows are emitted.</summary>
    private protected abstract bool ShowsRows { get; }

    /// <summary>Gives the order, or takes it back.</summary>
    protected sealed override void EndProcessing()
    {
        if (IsForAll)
        {
            Order(null, $"the whole fleet of the host '{Suspension.HostOf(Session)}'");
            return;
        }

        foreach (var name in Select(Await(token => Suspension.NamesAsync(Session, token))))
        {
            Order(name, name);
        }
    }

    /// <summary>Does it for one decky, or for the whole fleet when there is no name.</summary>
    private protected abstract Task OrderAsync(string? name, IOutlet outlet, CancellationToken cancellationToken);

    void Order(string? name, string target)
    {
        if (ShouldProcess(target, Action))
        {
            DrainItem(target, async (outlet, token) =>
            {
                await OrderAsync(name, outlet, token).ConfigureAwait(false);
                if (ShowsRows)
                {
                    await Suspension.ShowAsync(Session, name, outlet, token).ConfigureAwait(false);
                }
            });
        }
    }
}
