namespace Decnet.FakeDaemon.Engine;

using System.Globalization;

/// <summary>A release of the engine, and the versions of the API that it speaks.</summary>
/// <param name="ApiVersion">The newest version that it speaks.</param>
/// <param name="MinApiVersion">The oldest version that it accepts.</param>
/// <param name="Version">The version of the release.</param>
/// <param name="GoVersion">The compiler's version.</param>
/// <param name="IsExperimental">Whether it says that it is experimental.</param>
sealed record EngineRelease(string ApiVersion, string MinApiVersion, string Version, string GoVersion, bool IsExperimental = false)
{
    static readonly EngineRelease[] _known =
    [
        new("1.24", "1.12", "1.12.6", "go1.6.4"),
        new("1.40", "1.12", "19.03.15", "go1.13.15"),
        new("1.41", "1.12", "20.10.27", "go1.20.13"),
        new("1.44", "1.24", "25.0.0", "go1.21.6"),
        new("1.47", "1.24", "27.5.1", "go1.22.11"),
        new("1.48", "1.24", "28.0.0", "go1.23.6"),
        new("1.52", "1.44", "29.0.0", "go1.25.4"),
    ];

    /// <summary>The headers of all answers of its own routes.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers =>
    [
        new("Api-Version", ApiVersion),
        new("Docker-Experimental", IsExperimental ? "true" : "false"),
        new("Ostype", "linux"),
        new("Server", $"Docker/{Version} (linux)"),
    ];

    /// <summary>The release that speaks a version; between two releases that are known, the older one's other properties.</summary>
    public static EngineRelease Speaking(FakeDaemonOptions options, string apiVersion)
    {
        var nearest = _known.LastOrDefault(release => Compare(release.ApiVersion, apiVersion) <= 0) ?? _known[0];
        var oldest = options.MinApiVersion ?? nearest.MinApiVersion;
        return nearest with { ApiVersion = apiVersion, MinApiVersion = oldest, IsExperimental = options.Experimental };
    }

    /// <summary>Whether a version is at least another.</summary>
    public static bool IsAtLeast(string version, string least) => Compare(version, least) >= 0;

    /// <summary>Compares two versions of the API: 1.9 is less than 1.40.</summary>
    public static int Compare(string left, string right) => Number(left).CompareTo(Number(right));

    static (int Major, int Minor) Number(string version)
    {
        var parts = version.Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
