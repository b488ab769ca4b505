namespace Decnet.Fleet.Docker.Observing;

using System.Text.Json;

/// <summary>Reads from the <c>NetworkSettings</c> of a listed container whether it is attached to the fleet's network.</summary>
internal static class NetworkMembership
{
    /// <summary>Reads the object.</summary>
    /// <param name="reader">The reader, at its beginning.</param>
    /// <param name="fleetNetwork">The name of the fleet's network, in UTF-8.</param>
    /// <param name="disconnected">Whether the networks are told and the fleet's is not among them.</param>
    /// <returns>False when its end is not there yet.</returns>
    internal static bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> fleetNetwork, out bool disconnected)
    {
        disconnected = false;
        if (!ListingReading.Enters(ref reader, JsonTokenType.StartObject, "NetworkSettings"))
        {
            return true;
        }

        while (ListingReading.TryFind(ref reader, "Networks"u8, out var found))
        {
            if (!found)
            {
                return true;
            }

            if (ListingReading.Enters(ref reader, JsonTokenType.StartObject, "Networks") && !TryReadNetworks(ref reader, fleetNetwork, out disconnected))
            {
                return false;
            }
        }

        return false;
    }

    static bool TryReadNetworks(ref Utf8JsonReader reader, ReadOnlySpan<byte> fleetNetwork, out bool disconnected)
    {
        disconnected = true;
        while (ListingReading.TryFind(ref reader, fleetNetwork, out var found))
        {
            if (!found)
            {
                return true;
            }

            disconnected = false;
            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }
}
