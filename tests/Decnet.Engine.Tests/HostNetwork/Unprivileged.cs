namespace Decnet.Engine.Tests.HostNetwork;

using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

/// <summary>Runs something without any capability, as an ordinary user would: on a thread that gives all of them up and then ends.</summary>
internal static class Unprivileged
{
    const uint Version3 = 0x20080522;

    internal static T Run<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (SetCapabilities([Version3, 0], new uint[6]) != 0)
                {
                    throw new InvalidOperationException($"Capabilities were not given up: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                result = action();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    [DllImport("libc", EntryPoint = "capset", SetLastError = true)]
    static extern int SetCapabilities(uint[] header, uint[] sets);
}
