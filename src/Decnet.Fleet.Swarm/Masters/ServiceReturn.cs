namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Gives deckies of the fleet file the services back that they have, after a change of services has failed: nobody wants the new ones
/// until somebody asks for them again.
/// </summary>
internal static class ServiceReturn
{
    /// <summary>Writes them, but for deckies that somebody has changed since they were read.</summary>
    /// <param name="file">The fleet file.</param>
    /// <param name="services">The deckies as they were read, and the services that they have.</param>
    /// <param name="cancellationToken">Ends the wait for the file.</param>
    /// <returns>True when the file was changed.</returns>
    /// <exception cref="FleetFileException">The file cannot be written.</exception>
    internal static async Task<bool> GiveBackAsync(IFleetFile file, IReadOnlyDictionary<Decky, ValueList<string>> services, CancellationToken cancellationToken)
    {
        var changed = false;
        if (services.Any(entry => Restored(entry.Key, entry.Value) != entry.Key))
        {
            await file.UpdateAsync(Change, cancellationToken).ConfigureAwait(false);
        }

        return changed;

        Fleet? Change(DesiredState state)
        {
            if (state is not DesiredState.Known { Fleet: var fleet })
            {
                return null;
            }

            var after = fleet with
            {
                Deckies = [.. fleet.Deckies.Select(decky => services.TryGetValue(decky, out var back) ? Restored(decky, back) : decky)],
            };
            changed = after != fleet;
            return changed ? after : null;
        }
    }

    static Decky Restored(Decky decky, ValueList<string> services) => services.Count == 0 ? decky : decky with { Services = services };
}
