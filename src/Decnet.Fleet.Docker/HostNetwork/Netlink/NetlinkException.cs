namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>The kernel refused a request, or its answer cannot be used.</summary>
internal sealed class NetlinkException : Exception
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int NoSuchRoute = 3;
    internal const int Interrupted = 4;
    internal const int Busy = 16;
    internal const int Exists = 17;
    internal const int NoSuchDevice = 19;
    internal const int NotSupported = 95;
    internal const int NoSuchAddress = 99;

    internal NetlinkException(string message) : base(message)
    {
    }

    NetlinkException(int number, string message) : base(message) => Number = number;

    /// <summary>The error number of Linux; 0 when the kernel did not give one.</summary>
    internal int Number { get; }

    internal static NetlinkException From(int number, string? kernelText = null)
    {
        var text = Marshal.GetPInvokeErrorMessage(number);
        var detail = string.IsNullOrEmpty(kernelText) ? "" : $": {kernelText.TrimEnd('.')}";
        return new NetlinkException(number, $"{text}{detail} (error {number})");
    }

    internal static NetlinkException FromLastCall() => From(Marshal.GetLastPInvokeError());
}
