namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>An open netlink socket.</summary>
internal sealed class NetlinkHandle : SafeHandle
{
    public NetlinkHandle() : base(invalidHandleValue: -1, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => NetlinkNative.Close((int)handle) == 0;
}
