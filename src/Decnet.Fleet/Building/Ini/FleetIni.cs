namespace Decnet.Fleet.Building.Ini;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>A fleet description in INI form, parsed. What the file leaves out is null; nothing is decided yet.</summary>
public sealed record FleetIni
{
    /// <summary>Where the text came from, for messages: a path, or <c>INI</c>.</summary>
    public required string Source { get; init; }

    /// <summary><c>[general] net</c>: the network of the LAN.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary><c>[general] gw</c>: the gateway.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary><c>[general] interface</c>: the interface that deckies are attached to.</summary>
    public string? Interface { get; init; }

    /// <summary><c>[general] driver</c>: how they are attached.</summary>
    public NetworkDriver? Driver { get; init; }

    /// <summary><c>[general] mutate_interval</c>: how often services rotate where a decky does not say; <see cref="Timeout.InfiniteTimeSpan"/> for <c>off</c>.</summary>
    public TimeSpan? MutateInterval { get; init; }

    /// <summary>The deckies, groups expanded, in the order of the file.</summary>
    public required ValueList<FleetIniDecky> Deckies { get; init; }

    /// <summary>The services that <c>[custom-NAME]</c> sections define for this fleet.</summary>
    public ValueList<ServiceDefinition> CustomServices { get; init; } = [];

    /// <summary>The lines of keys in <c>[general]</c>, by key.</summary>
    public ValueMap<int> Lines { get; init; } = ValueMap<int>.Empty;

    /// <summary>Everything that is wrong or suspicious in the text, in the order of lines. A builder refuses a document with errors.</summary>
    public ValueList<FleetIssue> Issues { get; init; } = [];

    /// <summary>Whether there are no errors among the <see cref="Issues"/>; warnings may be.</summary>
    public bool IsValid => Issues.All(issue => issue.Severity != FleetIssueSeverity.Error);

    /// <summary>Refuses a document with errors.</summary>
    /// <returns>This document, when it has none.</returns>
    /// <exception cref="FleetValidationException">It has errors; the exception carries all issues.</exception>
    public FleetIni ThrowIfInvalid() => IsValid ? this : throw new FleetValidationException(Source, Issues);
}
