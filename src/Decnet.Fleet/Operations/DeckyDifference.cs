namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>Says in what two configurations of a decky differ.</summary>
internal static class DeckyDifference
{
    /// <summary>What the first has that the second would change, such as <c>the address 192.0.2.7 instead of 192.0.2.9</c>.</summary>
    internal static string Describe(Decky present, Decky wanted)
    {
        var differences = new List<string>();
        Compare("the address", present.IPAddress, wanted.IPAddress);
        Compare("the services", present.Services, wanted.Services);
        Compare("the image", present.BaseImage, wanted.BaseImage);
        Compare("the host name", present.Hostname, wanted.Hostname);
        Compare("the archetype", present.Archetype ?? "none", wanted.Archetype ?? "none");
        Compare("the OS family", present.NmapOs, wanted.NmapOs);
        Compare("the MAC address", present.MacAddress?.ToString() ?? "none", wanted.MacAddress?.ToString() ?? "none");
        Compare("the mutation interval", Interval(present.MutateInterval), Interval(wanted.MutateInterval));

        // Settings may be secrets: only that they differ is told.
        return differences.Count > 0 ? string.Join("; ", differences) : "other settings";

        void Compare(string what, object actual, object expected)
        {
            if (!actual.Equals(expected))
            {
                differences.Add($"{what} {actual} instead of {expected}");
            }
        }
    }

    static string Interval(TimeSpan? interval) => interval?.ToString("c") ?? "off";
}
