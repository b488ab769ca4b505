namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>
/// Which host names are valid: labels of letters, digits and inner hyphens (RFC 1123, section 2.1), together not longer than
/// Linux lets a container's host name be.
/// </summary>
internal static class HostnameRule
{
    /// <summary>HOST_NAME_MAX of Linux.</summary>
    internal const int MaxLength = 64;

    internal const string Fix = "use labels of letters, digits and inner hyphens, joined by dots, 64 characters at most, such as web-01.corp.local";

    internal static bool IsValid(string hostname)
    {
        if (hostname.Length is 0 or > MaxLength || IPv4.TryParse(hostname, out _))
        {
            return false;
        }

        foreach (var range in hostname.AsSpan().Split('.'))
        {
            if (!IsLabel(hostname.AsSpan()[range]))
            {
                return false;
            }
        }

        return true;
    }

    static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
