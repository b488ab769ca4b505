namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Runtime.InteropServices;

/// <summary>What .NET has no call for: working in an open folder by the names of its entries, so that nobody can put a link in the way (openat(2), unlinkat(2), statx(2)).</summary>
internal static partial class RemovalNative
{
    internal const int NoSuchEntry = 2;
    internal const int Denied = 13;
    internal const int RemoveFolder = 0x200;
    internal const int MayWriteAndEnter = 2 | 1;

    const int CurrentFolder = -100;
    const int CloseOnExec = 0x80000;

    /// <summary>To enter a folder takes no right to read it.</summary>
    const int PathOnly = 0x200000;

    const int NoFollowInStatx = 0x100;
    const int TypeOnly = 1;
    const int TypeModeAndOwner = 1 | 2 | 8 | 16;
    const ulong MountRoot = 0x2000;
    const int TypeMask = 0xF000;

    // The two differ between processors: on Arm they are the other way round than on x86.
    static int FolderOnly => IsArm ? 0x4000 : 0x10000;

    static int NoFollow => IsArm ? 0x8000 : 0x20000;

    static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;

    internal static int OpenRoot() => OpenAt(CurrentFolder, "/", PathOnly | CloseOnExec | FolderOnly);

    internal static int OpenFolder(int folder, string name) => OpenAt(folder, name, PathOnly | CloseOnExec | FolderOnly | NoFollow);

    /// <summary>What an entry is; null when it cannot be looked at, as the last error says.</summary>
    internal static EntryKind? KindOf(int folder, string name)
    {
        if (Statx(folder, name, NoFollowInStatx, TypeOnly, out var found) != 0)
        {
            return Marshal.GetLastPInvokeError() == NoSuchEntry ? EntryKind.Missing : null;
        }

        return (found.Attributes & MountRoot) != 0
            ? EntryKind.Mount
            : (found.Mode & TypeMask) switch
            {
                0x8000 => EntryKind.File,
                0x4000 => EntryKind.Folder,
                0xA000 => EntryKind.Link,
                _ => EntryKind.Other,
            };
    }

    /// <summary>Whose an entry is; null when it cannot be looked at, as the last error says.</summary>
    internal static EntryOwner? OwnerOf(int folder, string name) =>
        Statx(folder, name, NoFollowInStatx, TypeModeAndOwner, out var found) == 0 ? new EntryOwner(found.User, found.Group, found.Mode & ~TypeMask) : null;

    /// <summary>The device that an entry lies on; null when it cannot be looked at, as the last error says.</summary>
    internal static ulong? DeviceOf(int folder, string name) =>
        Statx(folder, name, NoFollowInStatx, TypeOnly, out var found) == 0 ? ((ulong)found.DeviceMajor << 32) | found.DeviceMinor : null;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    /// <summary>The user by whose rights the calling thread, and no other, uses files (setfsuid(2)); returns the former.</summary>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    internal static partial uint UseFilesAs(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    internal static partial uint UseFilesAsGroup(uint group);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int UnlinkAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AccessAt(int folder, string name, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string name, int flags, uint mask, out Entry entry);

    /// <summary>The beginning of <c>struct statx</c>, which is the same on all processors.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Entry
    {
        [FieldOffset(8)]
        internal ulong Attributes;

        [FieldOffset(20)]
        internal uint User;

        [FieldOffset(24)]
        internal uint Group;

        [FieldOffset(28)]
        internal ushort Mode;

        [FieldOffset(136)]
        internal uint DeviceMajor;

        [FieldOffset(140)]
        internal uint DeviceMinor;
    }
}
