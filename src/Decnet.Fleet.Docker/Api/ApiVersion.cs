namespace Decnet.Fleet.Docker.Api;

using System.Globalization;

/// <summary>A version of the engine's API, such as 1.41.</summary>
/// <param name="Major">The part before the dot.</param>
/// <param name="Minor">The part after it.</param>
public readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The oldest version that works, of Docker 19.03.</summary>
    public static ApiVersion Oldest { get; } = new(1, 40);

    /// <summary>The newest version whose changes are known to this library.</summary>
    public static ApiVersion Newest { get; } = new(1, 52);

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text, such as <c>1.41</c>.</param>
    /// <param name="version">The version.</param>
    /// <returns>False when the text is none.</returns>
    public static bool TryParse(string? text, out ApiVersion version)
    {
        version = default;
        var parts = text?.Trim().Split('.');
        if (parts is not [var major, var minor]
            || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var majorNumber)
            || !int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var minorNumber))
        {
            return false;
        }

        version = new ApiVersion(majorNumber, minorNumber);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ApiVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Whether the left version is older.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another one.</param>
    /// <returns>Whether it is.</returns>
    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is newer.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another one.</param>
    /// <returns>Whether it is.</returns>
    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is older or the same.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another one.</param>
    /// <returns>Whether it is.</returns>
    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is newer or the same.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another one.</param>
    /// <returns>Whether it is.</returns>
    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
