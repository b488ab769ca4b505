namespace Decnet.Fleet.Docker.Observing;

using System.Text.Json;
using Decnet.Fleet.Containers;

/// <summary>Reads one container after the other from the bytes of a listing. What no decky needs is skipped, not read.</summary>
internal sealed class ContainerParser(TextCache texts, FleetProject project)
{
    readonly ListedLabels labels = new();
    byte[] unescaped = new byte[256];
    string? id;
    string? name;
    string? joined;
    bool disconnected;
    ContainerState state;
    StatusText status;
    ContainerHealth? health;

    /// <summary>Reads a container whose object has just begun.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="found">The container; null when it is no part of a decky.</param>
    /// <returns>False when its end is not there yet.</returns>
    /// <exception cref="JsonException">The container is not as the engine describes containers.</exception>
    internal bool TryRead(ref Utf8JsonReader reader, out ListedContainer? found)
    {
        labels.Clear();
        (id, name, joined, disconnected, state, status, health, found) = (null, null, null, false, ContainerState.Unknown, default, null, null);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                found = Make();
                return true;
            }

            if (!TryReadProperty(ref reader))
            {
                return false;
            }
        }

        return false;
    }

    bool TryReadProperty(ref Utf8JsonReader reader)
    {
        // The name is needed only until the reader goes on.
        var property = Text(ref reader, "A field");
        var isId = property.SequenceEqual("Id"u8);
        var isState = property.SequenceEqual("State"u8);
        if (isId || isState || property.SequenceEqual("Status"u8))
        {
            return reader.Read() && (isId ? Done(id = texts.Get(Text(ref reader, "Id")))
                : isState ? Done(state = ListingReading.StateOf(Text(ref reader, "State")))
                : Done(status = StatusText.Parse(Text(ref reader, "Status"))));
        }

        return property.SequenceEqual("Names"u8) ? reader.Read() && TryReadNames(ref reader)
            : property.SequenceEqual("Labels"u8) ? reader.Read() && TryReadLabels(ref reader)
            : property.SequenceEqual("HostConfig"u8) ? reader.Read() && TryReadHostConfig(ref reader)
            : property.SequenceEqual("NetworkSettings"u8) ? reader.Read() && NetworkMembership.TryRead(ref reader, project.NetworkNameUtf8, out disconnected)
            : property.SequenceEqual("Health"u8) ? reader.Read() && TryReadHealth(ref reader)
            : reader.Read() && reader.TrySkip();
    }

    /// <summary>Of several names the one without a second slash is the container's own; the others come from links.</summary>
    bool TryReadNames(ref Utf8JsonReader reader)
    {
        if (!ListingReading.Enters(ref reader, JsonTokenType.StartArray, "Names"))
        {
            return true;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            var text = Text(ref reader, "Names");
            text = text.StartsWith("/"u8) ? text[1..] : text;
            if (name is null || !text.Contains((byte)'/'))
            {
                name = texts.Get(text);
            }
        }

        return false;
    }

    bool TryReadLabels(ref Utf8JsonReader reader)
    {
        if (!ListingReading.Enters(ref reader, JsonTokenType.StartObject, "Labels"))
        {
            return true;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var position = ListedLabels.PositionOf(Text(ref reader, "A label"));
            if (!reader.Read() || !reader.TrySkip())
            {
                return false;
            }

            if (position >= 0)
            {
                labels.Set(position, texts.Get(Text(ref reader, "Labels")));
            }
        }

        return false;
    }

    bool TryReadHostConfig(ref Utf8JsonReader reader)
    {
        if (!ListingReading.Enters(ref reader, JsonTokenType.StartObject, "HostConfig"))
        {
            return true;
        }

        while (ListingReading.TryFind(ref reader, "NetworkMode"u8, out var found))
        {
            if (!found)
            {
                return true;
            }

            var mode = Text(ref reader, "NetworkMode");
            joined = mode.StartsWith("container:"u8) ? texts.Get(mode["container:".Length..]) : null;
        }

        return false;
    }

    bool TryReadHealth(ref Utf8JsonReader reader)
    {
        if (!ListingReading.Enters(ref reader, JsonTokenType.StartObject, "Health"))
        {
            return true;
        }

        while (ListingReading.TryFind(ref reader, "Status"u8, out var found))
        {
            if (!found)
            {
                return true;
            }

            health = ListingReading.HealthOf(Text(ref reader, "Health"));
        }

        return false;
    }

    /// <summary>The bytes of a text or of a name; none for null. They last until the next text.</summary>
    ReadOnlySpan<byte> Text(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            throw ListingReading.Unexpected(ref reader, field);
        }

        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (unescaped.Length < reader.ValueSpan.Length)
        {
            unescaped = new byte[reader.ValueSpan.Length];
        }

        return unescaped.AsSpan(0, reader.CopyString(unescaped));
    }

    static bool Done<T>(T value)
    {
        _ = value;
        return true;
    }

    ListedContainer? Make()
    {
        if (!project.Owns(labels) || !DecnetLabels.TryIdentifyInProject(labels, out var identity))
        {
            return null;
        }

        if (id is not { Length: > 0 } known)
        {
            throw new JsonException("A container has no Id.");
        }

        var container = new ObservedContainer
        {
            Id = known,
            Name = name is { Length: > 0 } own ? project.ContainerFromEngine(own) : known,
            DeckyName = identity.DeckyName,
            Role = identity.Role,
            ServiceName = identity.ServiceName,
            HostId = identity.HostId,
            ConfigHash = identity.ConfigHash,
            State = state,
            Health = health ?? status.Health,
            ExitCode = status.ExitCode,
            NetworkContainerId = joined,
            NetworkLost = disconnected && state == ContainerState.Running && identity.Role == ContainerRole.Base,
        };
        return new ListedContainer(container, status.Uptime);
    }
}
