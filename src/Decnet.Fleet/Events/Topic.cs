namespace Decnet.Fleet.Events;

using Decnet.Fleet.Model;

/// <summary>
/// Builds topics: tokens separated by dots, none of them empty or holding a dot, an asterisk, a greater-than sign or white
/// space. Names of deckies, hosts and workers always fit, so building their topics cannot fail.
/// </summary>
public static class Topic
{
    /// <summary>The topic of a decky's state: <c>decky.HOST:NAME.state</c>.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="name">The decky.</param>
    /// <returns>The topic.</returns>
    public static string DeckyState(HostId hostId, DeckyName name) => $"decky.{hostId.Value}:{name.Value}.state";

    /// <summary>The topic of a decky's operations: <c>decky.NAME.lifecycle</c>.</summary>
    /// <param name="name">The decky.</param>
    /// <returns>The topic.</returns>
    public static string DeckyLifecycle(DeckyName name) => $"decky.{name.Value}.lifecycle";

    /// <summary>The topic of the changes of a decky's services: <c>decky.NAME.mutation</c>.</summary>
    /// <param name="name">The decky.</param>
    /// <returns>The topic.</returns>
    public static string DeckyMutation(DeckyName name) => $"decky.{name.Value}.mutation";

    /// <summary>The topic of orders to leave a decky alone: <c>decky.NAME.suspension</c>.</summary>
    /// <param name="name">The decky.</param>
    /// <returns>The topic.</returns>
    public static string DeckySuspension(DeckyName name) => $"decky.{name.Value}.suspension";

    /// <summary>The topic of orders to leave all deckies of a host alone: <c>fleet.HOST.suspension</c>.</summary>
    /// <param name="hostId">The host.</param>
    /// <returns>The topic.</returns>
    public static string FleetSuspension(HostId hostId) => $"fleet.{hostId.Value}.suspension";

    /// <summary>The topic of a worker's signs of life: <c>system.WORKER.health</c>.</summary>
    /// <param name="worker">The worker.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">The name is not one token.</exception>
    public static string WorkerHealth(string worker) => $"system.{Token(worker)}.health";

    /// <summary>The topic on which a worker takes messages: <c>system.WORKER.control</c>.</summary>
    /// <param name="worker">The worker.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">The name is not one token.</exception>
    public static string WorkerControl(string worker) => $"system.{Token(worker)}.control";

    /// <summary>The topic on which a worker in shadow mode tells what it would do: <c>system.WORKER.shadow</c>.</summary>
    /// <param name="worker">The worker.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">The name is not one token.</exception>
    public static string WorkerShadow(string worker) => $"system.{Token(worker)}.shadow";

    /// <summary>Whether a text is a topic.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when each of its tokens fits.</returns>
    public static bool IsValid(string? text) => text is { Length: > 0 } && text.Split('.').All(IsToken);

    internal static bool IsToken(string text) =>
        text.Length > 0 && !text.Any(c => c is '.' or '*' or '>' || char.IsWhiteSpace(c));

    static string Token(string text) =>
        IsToken(text)
            ? text
            : throw new ArgumentException($"'{text}' is not one token of a topic: it must not be empty or hold '.', '*', '>' or white space.", nameof(text));
}
