namespace Decnet.Fleet.Lifecycle;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Makes sure that the network of a fleet is there, and never changes one that others use.</summary>
/// <param name="runtime">The runtime.</param>
public sealed class NetworkProvisioner(IContainerRuntime runtime)
{
    /// <summary>Makes the network unless it is there with the same settings. One with other settings is replaced only when it is ours and nothing is attached.</summary>
    /// <param name="wanted">The network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is there.</returns>
    /// <exception cref="RuntimeException">A network of this name has other settings and is in use or not ours; the message lists the differences.</exception>
    public async Task EnsureAsync(NetworkSpec wanted, CancellationToken cancellationToken = default)
    {
        var found = await runtime.FindNetworkAsync(wanted.Name, cancellationToken).ConfigureAwait(false);
        if (found is not null)
        {
            var differences = Differences(found.Spec, wanted);
            if (differences.Count == 0)
            {
                return;
            }

            if (found.Attached.Count > 0)
            {
                throw new RuntimeException(
                    RuntimeError.Conflict,
                    $"The network {wanted.Name} is in use by {found.Attached} and differs from the fleet's: {string.Join("; ", differences)}. "
                    + "Tear the fleet down first, or give the fleet the settings of the network.");
            }

            if (!IsOurs(found.Spec))
            {
                throw new RuntimeException(
                    RuntimeError.Conflict,
                    $"There is a network {wanted.Name} that Decnet did not make, and it differs from the fleet's: {string.Join("; ", differences)}. "
                    + "Remove it, or give the fleet the settings of the network.");
            }

            await runtime.RemoveNetworkAsync(found.Id, cancellationToken).ConfigureAwait(false);
        }

        await runtime.CreateNetworkAsync(wanted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the network of a fleet that has no containers any more. One that containers of others use stays, and so does one that is not ours.</summary>
    /// <param name="name">The name of the network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is gone.</returns>
    /// <exception cref="RuntimeException">The runtime did not remove it.</exception>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        var found = await runtime.FindNetworkAsync(name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return true;
        }

        if (found.Attached.Count > 0 || !IsOurs(found.Spec))
        {
            return false;
        }

        await runtime.RemoveNetworkAsync(found.Id, cancellationToken).ConfigureAwait(false);
        return true;
    }

    static bool IsOurs(NetworkSpec network) =>
        network.Labels.TryGetValue(DecnetLabels.ComposeProject, out var project) && project == DecnetLabels.Project;

    /// <summary>What keeps a network from being the wanted one, for people; none when it fits.</summary>
    internal static List<string> Differences(NetworkSpec found, NetworkSpec wanted)
    {
        var differences = new List<string>();
        Compare("driver", Token<NetworkDriver>.Of(found.Driver), Token<NetworkDriver>.Of(wanted.Driver));
        Compare("subnet", found.Subnet.ToString(), wanted.Subnet.ToString());
        Compare("gateway", found.Gateway.ToString(), wanted.Gateway.ToString());
        if (wanted.Range is { } range)
        {
            Compare("range", found.Range?.ToString() ?? "the whole subnet", range.ToString());
        }

        if (wanted.ParentInterface is { } parent)
        {
            Compare("parent interface", found.ParentInterface ?? "none", parent);
        }

        return differences;

        void Compare(string what, string actual, string expected)
        {
            if (actual != expected)
            {
                differences.Add($"its {what} is {actual}, not {expected}");
            }
        }
    }
}
