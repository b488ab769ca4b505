namespace Decnet.Fleet.Catalog;

using System.Text.RegularExpressions;

/// <summary>How the words of a catalog are written.</summary>
internal static partial class CatalogSyntax
{
    /// <summary>The capabilities of Linux 6 (capability.h), without <c>CAP_</c>.</summary>
    static readonly HashSet<string> Capabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE",
        "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN",
        "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID",
        "SETPCAP", "SETUID", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE",
        "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "SYSLOG", "WAKE_ALARM",
    };

    internal static IEnumerable<string> KnownCapabilities => Capabilities;

    internal static bool IsServiceSlug(string text) => text.Length <= 40 && ServiceSlug().IsMatch(text);

    internal static bool IsHyphenSlug(string text) => text.Length <= 40 && HyphenSlug().IsMatch(text);

    internal static bool IsFieldKey(string text) => text.Length <= 64 && FieldKey().IsMatch(text);

    internal static bool IsVariable(string text) => text.Length <= 128 && Variable().IsMatch(text);

    internal static bool IsFolder(string text) => text.Length <= 64 && Folder().IsMatch(text);

    internal static bool IsCapability(string text) => Capabilities.Contains(text);

    // The length bounds the work, which is at most quadratic. A time limit would refuse good images on a machine that stalls.
    internal static bool IsImage(string text) => text.Length <= 512 && Image().IsMatch(text);

    /// <summary>A path below the root, without empty parts, dots and what separates the parts of a bind.</summary>
    internal static bool IsContainerPath(string text) =>
        text.Length is > 1 and <= 255
        && text[0] == '/'
        && !text.AsSpan().ContainsAny(':', '\0', '\n')
        && text[1..].Split('/').All(part => part is not ("" or "." or ".."));

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9_]*[a-z0-9])?\z")]
    private static partial Regex ServiceSlug();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9_-]*[a-z0-9])?\z")]
    private static partial Regex HyphenSlug();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex FieldKey();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]*\z")]
    private static partial Regex Folder();

    /// <summary>The grammar of image references (distribution/reference): domain and port, path, tag, digest.</summary>
    [GeneratedRegex(
        @"^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]{1,5})?/)?"
        + @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*"
        + @"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex Image();
}
