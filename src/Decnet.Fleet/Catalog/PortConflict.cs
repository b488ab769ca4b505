namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>A port that several services of one decky would open in their common network namespace; only one of them can.</summary>
/// <param name="Port">The port.</param>
/// <param name="Services">The slugs of the services, in the order in which they were given; at least two.</param>
public sealed record PortConflict(ServicePort Port, ValueList<string> Services)
{
    /// <summary>The conflict in words: <c>25/tcp is opened by smtp and smtp_relay</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Port} is opened by {string.Join(" and ", Services)}";
}
