namespace Decnet.Testing.Contracts;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Rows, operations and changes for tests of stores.</summary>
internal static class StoreRows
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, 125, TimeSpan.Zero);

    internal static readonly HostId HostA = HostId.Parse("host-a");

    internal static readonly HostId HostB = HostId.Parse("host-b");

    internal static DeckyName Name(string text) => DeckyName.Parse(text);

    internal static DeckyRow Row(string name, HostId? host = null, DeckyState state = DeckyState.Running) => new()
    {
        HostId = host ?? HostId.Local,
        Name = Name(name),
        IPAddress = IPAddress.Parse("192.168.1.20"),
        Services = ["ssh", "http"],
        ConfigJson = $$"""{"name":"{{name}}"}""",
        ConfigHash = new string('a', 64),
        State = state,
        UpdatedAt = Start,
    };

    internal static Operation Deploy(string decky, int id, HostId? host = null, OperationKind kind = OperationKind.Deploy) => new()
    {
        Id = Id(id),
        HostId = host ?? HostId.Local,
        DeckyName = Name(decky),
        Kind = kind,
        CreatedAt = Start.AddSeconds(id),
        UpdatedAt = Start.AddSeconds(id),
        Deadline = Start.AddMinutes(10),
    };

    internal static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    internal static FleetHost Host(HostId id, string name) => new() { HostId = id, Name = name, EnrolledAt = Start };

    internal static Worker Worker(HostId host, string name = "reconciler", DateTimeOffset? observed = null) => new()
    {
        Name = name,
        HostId = host,
        ProcessId = 4711,
        StartedAt = Start,
        LastBeat = Start,
        LastObserved = observed,
    };

    internal static ValueList<EventDraft> Event(string topic, string payload = "{}") => [new EventDraft(topic, "state", payload)];

    internal static StateChange Announce(params string[] topics) =>
        new StateChange.Announce { Events = [.. topics.Select(topic => new EventDraft(topic, "state", "{}"))] };
}
