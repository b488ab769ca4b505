namespace Decnet.Fleet.State;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>What deckies of a file must satisfy together, so that nothing which reads the file stumbles over them.</summary>
internal static class FleetFileChecks
{
    /// <summary>Adds all errors. Deckies that could not be read are null.</summary>
    internal static void Run(FleetFileSource source, string path, List<Range> parts, ReadOnlySpan<Decky?> deckies)
    {
        // Hosts of a swarm have containers, and perhaps a LAN, of their own.
        var names = new Dictionary<(HostId?, DeckyName), int>();
        var addresses = new Dictionary<(HostId?, IPAddress), int>();
        for (var i = 0; i < deckies.Length; i++)
        {
            if (deckies[i] is not { } decky)
            {
                continue;
            }

            var place = FleetFileSource.Index(path, i);
            if (!names.TryAdd((decky.HostId, decky.Name), i))
            {
                source.Error("duplicate-name", place, parts[i], $"the name '{decky.Name}' is taken by {Other(names[(decky.HostId, decky.Name)])}.");
            }

            if (!addresses.TryAdd((decky.HostId, decky.IPAddress), i))
            {
                var other = addresses[(decky.HostId, decky.IPAddress)];
                source.Error("duplicate-address", place, parts[i], $"the address {decky.IPAddress} of '{decky.Name}' is taken by '{deckies[other]!.Name}', {Other(other)}.");
            }

            if (decky.Services.Count == 0)
            {
                source.Error("no-services", place, parts[i], $"'{decky.Name}' has an empty list of services. Name at least one, or remove the decky.");
            }

            foreach (var service in decky.Services.GroupBy(service => service, StringComparer.Ordinal).Where(group => group.Count() > 1))
            {
                source.Error("duplicate-service", place, parts[i], $"'{decky.Name}' lists the service '{service.Key}' {service.Count()} times.");
            }
        }

        string Other(int index) => FleetFileSource.Index(path, index);
    }
}
