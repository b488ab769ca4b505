namespace Decnet.FakeDaemon.Events;

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Decnet.FakeDaemon.Engine;

/// <summary>Writes events as an engine does: asked in a version below 1.52, with the fields of old.</summary>
static class EventWriter
{
    const byte RecordSeparator = 0x1e;
    static readonly JsonWriterOptions _asEngine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(FakeEvent happened, string askedVersion, EventFraming framing)
    {
        var bytes = new ArrayBufferWriter<byte>();
        if (framing == EventFraming.Sequence)
        {
            bytes.Write([RecordSeparator]);
        }

        using (var json = new Utf8JsonWriter(bytes, _asEngine))
        {
            Write(json, happened, hasOldFields: !EngineRelease.IsAtLeast(askedVersion, "1.52"));
        }

        if (framing != EventFraming.None)
        {
            bytes.Write("\n"u8);
        }

        return bytes.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, FakeEvent happened, bool hasOldFields)
    {
        json.WriteStartObject();
        if (hasOldFields && happened.Type is ("container" or "image"))
        {
            WriteOldFields(json, happened);
        }

        json.WriteString("Type", happened.Type);
        json.WriteString("Action", happened.Action);
        json.WriteStartObject("Actor");
        json.WriteString("ID", happened.ActorId);
        json.WriteStartObject("Attributes");
        foreach (var (name, value) in happened.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("scope", "local");
        json.WriteNumber("time", happened.TimeNano / 1_000_000_000);
        json.WriteNumber("timeNano", happened.TimeNano);
        json.WriteEndObject();
    }

    static void WriteOldFields(Utf8JsonWriter json, FakeEvent happened)
    {
        json.WriteString("status", happened.Action);
        json.WriteString("id", happened.ActorId);
        if (happened.Type == "container")
        {
            json.WriteString("from", happened.Attributes.GetValueOrDefault("image", ""));
        }
    }
}
