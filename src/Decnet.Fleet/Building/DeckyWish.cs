namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>What is asked of one decky, whichever way it was asked.</summary>
internal sealed class DeckyWish
{
    internal required DeckyName Name { get; init; }

    internal required PersonaWish Persona { get; init; }

    /// <summary>What the decky was before; null when it is new.</summary>
    internal Decky? Before { get; init; }

    internal IPAddress? Address { get; init; }

    internal string? Hostname { get; init; }

    internal MacAddress? MacAddress { get; init; }

    /// <summary>The host that runs it; null when it is not said.</summary>
    internal HostId? HostId { get; init; }

    /// <summary>How often its services rotate, null for never.</summary>
    internal TimeSpan? MutateInterval { get; init; }

    internal SettingsWish? Settings { get; init; }

    /// <summary>Tells the line of a key, or of the section when it does not have the key.</summary>
    internal Func<string, int?>? LineOf { get; init; }

    internal int? Line(string key) => LineOf?.Invoke(key);
}
