namespace Decnet.Shell.Hosts;

using Decnet.Fleet.Hosting;
using Decnet.Shell.Flow;

/// <summary>What belongs to masters alone.</summary>
internal static class MasterAccess
{
    /// <summary>The master that a fleet is.</summary>
    /// <exception cref="FaultException">It is none.</exception>
    internal static MasterFleet MasterOf(LocalFleet fleet) => fleet.Master ?? throw new FaultException(new Fault(
        "MasterMissing",
        FaultCategory.InvalidOperation,
        $"'{fleet.Options.Folder.Path}' is not the state folder of a master: it has no authority. New-DecnetEnrollment makes one.",
        fleet.Options.Folder.Path));
}
