namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Gives every decky a MAC address of its own with the prefix of a vendor that hosts of its OS family have.</summary>
internal sealed class MacGenerator(Random random, int count)
{
    readonly HashSet<MacAddress> taken = new(count);
    readonly Dictionary<OsFamilyDefinition, uint[]> vendors = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes an address; false when it is taken.</summary>
    internal bool TryClaim(MacAddress address) => taken.Add(address);

    internal bool IsOf(OsFamilyDefinition family, MacAddress address) => VendorsOf(family).Contains(address.Vendor);

    /// <summary>The next address, or null when the family names no vendor.</summary>
    internal MacAddress? Next(OsFamilyDefinition family)
    {
        var prefixes = VendorsOf(family);
        if (prefixes.Length == 0)
        {
            return null;
        }

        // A vendor has 16 million addresses and a fleet at most as many deckies over several vendors, so the first draw nearly always fits.
        while (true)
        {
            var address = MacAddress.FromVendor(prefixes[random.Next(prefixes.Length)], (uint)random.Next(1, 0xFFFFFF));
            if (taken.Add(address))
            {
                return address;
            }
        }
    }

    uint[] VendorsOf(OsFamilyDefinition family)
    {
        if (!vendors.TryGetValue(family, out var prefixes))
        {
            vendors[family] = prefixes = [.. family.MacVendors.Select(vendor => MacAddress.Parse(vendor + ":00:00:01").Vendor)];
        }

        return prefixes;
    }
}
