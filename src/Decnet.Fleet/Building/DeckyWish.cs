namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>What is asked of one decky, whichever way it was asked.</summary>
internal sealed class DeckyWish
{
    internal required DeckyName Name { get; init; }

    internal required PersonaWish Persona { get; init; }

    internal IPAddress? Address { get; init; }

    internal string? Hostname { get; init; }

    internal TimeSpan? MutateInterval { get; init; }

    internal SettingsWish? Settings { get; init; }

    /// <summary>Tells the line of a key, or of the section when it does not have the key.</summary>
    internal Func<string, int?>? LineOf { get; init; }

    internal int? Line(string key) => LineOf?.Invoke(key);
}
