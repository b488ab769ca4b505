namespace Decnet.Fleet.State;

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

/// <summary>What .NET has no call for: opening without taking a shared lock, opening folders, and a lock that cannot be switched off.</summary>
internal static partial class DurableFilesNative
{
    const int LockExclusiveNow = 2 | 4;
    const int MayWriteAndEnter = 2 | 1;
    const int Interrupted = 4;
    const int WindowsSharingViolation = unchecked((int)0x80070020);
    const int WindowsLockViolation = unchecked((int)0x80070021);

    static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsFreeBSD() ? 0x100000 : 0x1000000;

    static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;

    internal static SafeFileHandle OpenForReading(string path)
    {
        int descriptor;
        while ((descriptor = Open(path, CloseOnExec)) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"'{path}' could not be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>
    /// Takes the lock that <see cref="FileShare.None"/> takes too. .NET goes on without it where a file system refuses, or
    /// where locking is switched off for the process; two writers would then lose updates, so that is an error here.
    /// </summary>
    internal static bool TryLock(SafeFileHandle handle)
    {
        while (Flock((int)handle.DangerousGetHandle(), LockExclusiveNow) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
            {
                return false;
            }

            if (error != Interrupted)
            {
                throw new IOException($"The file system cannot lock files ({Marshal.GetPInvokeErrorMessage(error)}). Use a folder on a local disk.");
            }
        }

        return true;
    }

    internal static bool IsHeldByOther(IOException error) =>
        OperatingSystem.IsWindows()
            ? error.HResult is WindowsSharingViolation or WindowsLockViolation
            : error.HResult == WouldBlock;

    internal static bool CanWriteFolder(string folder) =>
        !OperatingSystem.IsWindows() && Directory.Exists(folder) && Access(folder, MayWriteAndEnter) == 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
