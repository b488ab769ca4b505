namespace Decnet.Shell.Deploying;

using System.Security.Cryptography;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Operating;
using Decnet.Shell.Sessions;
using Model = Decnet.Fleet.Model;
using Output = Decnet.Shell.Output;

/// <summary>A deployment that was planned: it tells what it would do to each decky, and does what is agreed to.</summary>
public sealed class Deployment
{
    readonly DecnetSession session;
    readonly DeployRequest request;
    readonly FleetSource source;
    readonly DesiredState planned;
    readonly Model.Fleet wanted;
    readonly Dictionary<DeckyName, HostId?> hosts;

    Deployment(
        DecnetSession session, DeployRequest request, FleetSource source, DesiredState planned, Model.Fleet wanted, DeployPlan plan, IEnumerable<string> warnings)
    {
        this.session = session;
        this.request = request;
        this.source = source;
        this.planned = planned;
        this.wanted = wanted;
        hosts = wanted.Deckies.ToDictionary(decky => decky.Name, decky => decky.HostId);
        Changes = [.. plan.Deckies.Select(item => new DeployChange(item.Name.Value, Describe(item), item.Action == DeployAction.Keep))];
        Warnings = [.. warnings, .. plan.Notes];
    }

    /// <summary>What it does to each decky that is asked for or removed.</summary>
    public IReadOnlyList<DeployChange> Changes { get; }

    /// <summary>What is remarkable of the description, or could not be looked at.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Plans a deployment, and changes nothing.</summary>
    /// <param name="session">Where it is deployed.</param>
    /// <param name="request">What is deployed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The deployment.</returns>
    /// <exception cref="FleetValidationException">It cannot be deployed; the error has every reason.</exception>
    /// <exception cref="FaultException">There is no description, no network for it, or no master for its hosts.</exception>
    /// <exception cref="DecnetException">File or store cannot be read.</exception>
    public static async Task<Deployment> PlanAsync(DecnetSession session, DeployRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var source = new FleetSource(request, request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue), session.Clock, fleet.ReadTakenAsync);
        var present = await fleet.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var (described, warnings) = await source.MakeAsync(present, cancellationToken).ConfigureAwait(false);
        var wanted = await HostChoice.PlaceAsync(fleet, request, described, present, cancellationToken).ConfigureAwait(false);
        var plan = await fleet.Service.PlanDeployAsync(wanted, Options(request, []), cancellationToken).ConfigureAwait(false);
        return new Deployment(session, request, source, present, wanted, plan, warnings);
    }

    /// <summary>Deploys, and puts the operations out.</summary>
    /// <param name="declined">The deckies that are left as they are.</param>
    /// <param name="outlet">Takes each operation when it ends; or all when they are recorded, if nobody waits for them.</param>
    /// <param name="cancellationToken">Cancels the work, unless nobody waits for it: its operations end as failed.</param>
    /// <returns>A task that ends with the last operation.</returns>
    /// <exception cref="DecnetException">Somebody else works on the fleet, or has changed it since the plan; or it cannot be read or written.</exception>
    public async Task RunAsync(IReadOnlyCollection<string> declined, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outlet);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var service = request.ThrottleLimit is { } limit ? fleet.ServiceOf(limit) : fleet.Service;
        var options = Options(request, declined);
        if (!request.NoWait)
        {
            var report = new WorkReport(outlet);
            await report.FollowAsync(fleet, service.BeginDeployAsync(MakeAsync, options, report, cancellationToken), cancellationToken).ConfigureAwait(false);
            return;
        }

        // What has begun does not end with the pipeline; that is for the session to do.
        var lasting = new CancellationTokenSource();
        var registration = cancellationToken.Register(lasting.Cancel);
        await using (registration.ConfigureAwait(false))
        {
            var work = await service.BeginDeployAsync(MakeAsync, options, null, lasting.Token).ConfigureAwait(false);
            foreach (var operation in work.Operations)
            {
                outlet.Write(Output.Operation.Of(operation));
            }
        }
    }

    static DeployOptions Options(DeployRequest request, IReadOnlyCollection<string> declined) =>
        new() { Replace = request.Replace, Change = true, Leave = [.. declined.Select(DeckyName.Parse)] };

    string Describe(DeployPlanItem item) => item.Action switch
    {
        DeployAction.Add when hosts.GetValueOrDefault(item.Name) is { } host => $"Add (new) on {host}",
        DeployAction.Add => "Add (new)",
        DeployAction.Keep => $"Keep: {item.Reason}",
        var action => $"{action}: {item.Reason}",
    };

    /// <summary>Makes the fleet again, now that nobody else works on the present one.</summary>
    async Task<Model.Fleet> MakeAsync(DesiredState present, CancellationToken cancellationToken)
    {
        if (IsMoved(present))
        {
            throw new FaultException(new Fault(
                "FleetMoved",
                FaultCategory.ResourceBusy,
                "Somebody else has changed the fleet since this deployment was planned. Nothing was done: deploy again, to see what it would do now."));
        }

        var made = (await source.MakeAsync(present, cancellationToken).ConfigureAwait(false)).Fleet;

        // Where they go was agreed to, and hosts may come and go meanwhile.
        return made with { Mode = wanted.Mode, Deckies = [.. made.Deckies.Select(decky => decky with { HostId = hosts.GetValueOrDefault(decky.Name) })] };
    }

    /// <summary>Whether something would be done that nobody has agreed to.</summary>
    bool IsMoved(DesiredState present)
    {
        var (before, now) = (planned as DesiredState.Known, present as DesiredState.Known);
        return request.Replace
            ? before?.Generation != now?.Generation
            : wanted.Deckies.Any(decky => before?.Fleet.Find(decky.Name) != now?.Fleet.Find(decky.Name));
    }
}
