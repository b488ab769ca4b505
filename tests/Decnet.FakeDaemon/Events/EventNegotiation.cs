namespace Decnet.FakeDaemon.Events;

using Decnet.FakeDaemon.Engine;

/// <summary>
/// What an engine answers to the <c>Accept</c> of a subscriber: choices came with API 1.52, and with 1.53 <c>application/jsonl</c>, which
/// is what clients that choose nothing get from then on.
/// </summary>
static class EventNegotiation
{
    const string Sequence = "application/json-seq";
    const string Lines = "application/jsonl";
    const string NewlineDelimited = "application/x-ndjson";

    public static (string ContentType, EventFraming Framing) For(FakeRequest request, EventFraming wanted)
    {
        var offered = Offered(request.EngineVersion);
        var accepted = Accepted(request);
        var type = offered.FirstOrDefault(accepted.Contains) ?? Default(request);
        var framing = type == Sequence ? EventFraming.Sequence : EventFraming.Lines;
        return (type, wanted == EventFraming.Negotiated ? framing : wanted);
    }

    static string[] Offered(string engineVersion) =>
        EngineRelease.IsAtLeast(engineVersion, "1.53") ? [Lines, NewlineDelimited, Sequence]
        : EngineRelease.IsAtLeast(engineVersion, "1.52") ? [NewlineDelimited, Sequence]
        : [];

    static string[] Accepted(FakeRequest request) =>
        [.. request.Headers.GetValueOrDefault("Accept", "").Split(',').Select(type => type.Split(';')[0].Trim())];

    static string Default(FakeRequest request) =>
        EngineRelease.IsAtLeast(request.EngineVersion, "1.53") && EngineRelease.IsAtLeast(request.ApiVersion, "1.52") ? Lines : "application/json";
}
