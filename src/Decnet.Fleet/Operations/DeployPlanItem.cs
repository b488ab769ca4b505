namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>What a deployment would do to one decky.</summary>
/// <param name="Name">The decky.</param>
/// <param name="Action">What.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Steps">What would be done to containers; none when the engine could not be asked.</param>
public sealed record DeployPlanItem(DeckyName Name, DeployAction Action, string Reason, ValueList<PlanStep> Steps);
