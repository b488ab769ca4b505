namespace Decnet.Fleet.Docker.Watching;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>
/// The events after which a listing may be different. What is run in a container, signals that are sent to it, and who looks
/// at it change nothing that a listing shows.
/// </summary>
internal static class WakingEvents
{
    const string Container = "container";

    static readonly string[] Actions = ["create", "start", "die", "destroy", "rename", "pause", "unpause", "health_status"];

    /// <summary>Lets the engine send little else.</summary>
    internal static string FiltersFor(FleetProject project) =>
        EngineFilters.Of(("type", [Container]), ("label", [project.Label]), ("event", Actions));

    /// <summary>Whether an event wakes, whatever the engine understood of the filters. A change of health says more after a colon.</summary>
    internal static bool Includes(EngineEvent next) =>
        next is { Type: null or Container, Action: { } action } && Array.IndexOf(Actions, action.Split(':')[0]) >= 0;

    internal static RuntimeSignal ToSignal(EngineEvent next) =>
        new($"{next.Action} {next.Actor?.Attributes?.GetValueOrDefault("name") ?? next.Actor?.ID ?? "a container"}");
}
