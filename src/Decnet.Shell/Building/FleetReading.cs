namespace Decnet.Shell.Building;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Reads the deployed fleet: what the fleet file says.</summary>
public static class FleetReading
{
    /// <summary>Reads the deployed fleet.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="warn">Told what is remarkable about the file; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet.</returns>
    /// <exception cref="FaultException">There is no fleet file, or it is damaged.</exception>
    public static async Task<Output.Fleet> DeployedAsync(DecnetSession session, Action<string>? warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var local = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var path = local.File.Path;
        switch (await local.File.LoadAsync(cancellationToken).ConfigureAwait(false))
        {
            case DesiredState.Known known:
                foreach (var warning in known.Warnings)
                {
                    warn?.Invoke(warning.ToString());
                }

                return new Output.Fleet(known.Fleet, known.Generation, Token<FleetFileOrigin>.Of(known.Origin), path);
            case var state:
                throw new FaultException(FaultOf(state, path)!);
        }
    }

    /// <summary>Why a fleet file tells no fleet; null when it does.</summary>
    internal static Fault? FaultOf(DesiredState state, string path) => state switch
    {
        DesiredState.Corrupt { Reason: var reason } => new Fault(
            "FleetFileCorrupt", FaultCategory.InvalidData, $"{reason} Restore-DecnetState -List shows what it can be restored from.", path),
        DesiredState.Missing { Reason: var reason } => new Fault(
            "FleetFileMissing", FaultCategory.ObjectNotFound, $"{reason} Deploy-DecnetFleet makes one.", path),
        _ => null,
    };
}
