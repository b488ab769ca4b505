namespace Decnet.Fleet.Model;

/// <summary>An event that is not in the log yet: the log gives it its sequence number and time when the change commits.</summary>
/// <param name="Topic">The topic, tokens separated by dots.</param>
/// <param name="Type">The type of the payload.</param>
/// <param name="Payload">The payload: the text of a JSON object.</param>
public sealed record EventDraft(string Topic, string Type, string Payload);
