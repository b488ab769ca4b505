namespace Decnet.Shell.Deploying;

/// <summary>What a deployment does to one decky.</summary>
/// <param name="DeckyName">The decky.</param>
/// <param name="Action">What and why, such as <c>Add (new)</c> or <c>Change: it has other settings</c>.</param>
/// <param name="IsNothing">Whether the decky is as it should be, so that nothing is done.</param>
public sealed record DeployChange(string DeckyName, string Action, bool IsNothing);
