namespace Decnet.Fleet.Reconciling;

using Microsoft.Extensions.Logging;

internal static partial class ReconcilerLog
{
    internal static void Pass(ILogger logger, ReconcileResult result)
    {
        foreach (var step in result.Steps)
        {
            if (step.Outcome == StepOutcome.Failed)
            {
                StepFailed(logger, step.Step, step.Error);
            }
        }

        if (result.Steps.Count > 0)
        {
            PassEnded(
                logger, result.Inserted, result.Deleted, result.StateUpdated, result.ConfigUpdated, result.Repaired,
                result.Duration.TotalMilliseconds);
        }
    }

    internal static void Shadow(ILogger logger, ReconcilePlan plan)
    {
        ShadowChanged(logger, plan.Steps.Count, plan.Holds.Count);
        foreach (var step in plan.Steps)
        {
            ShadowStep(logger, step);
        }

        foreach (var hold in plan.Holds)
        {
            Held(logger, LogLevel.Information, hold);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Pass: {Inserted} inserted, {Deleted} deleted, {StateUpdated} states, {ConfigUpdated} configurations, {Repaired} repaired, {Milliseconds:0.0} ms")]
    static partial void PassEnded(
        ILogger logger, int inserted, int deleted, int stateUpdated, int configUpdated, int repaired, double milliseconds);

    [LoggerMessage(EventId = 2, Message = "Held: {Hold}")]
    internal static partial void Held(ILogger logger, LogLevel level, PlanHold hold);

    [LoggerMessage(3, LogLevel.Error, "Failed: {Step}: {Error}")]
    static partial void StepFailed(ILogger logger, PlanStep step, string? error);

    [LoggerMessage(4, LogLevel.Error, "A pass failed; the next one tries again")]
    internal static partial void PassFailed(ILogger logger, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "{What} failed and begins anew in {Delay}")]
    internal static partial void Failed(ILogger logger, string what, TimeSpan delay, Exception error);

    [LoggerMessage(6, LogLevel.Information, "Worker {Worker} ends: {Cause}")]
    internal static partial void WorkerEnds(ILogger logger, string worker, string cause);

    [LoggerMessage(7, LogLevel.Warning, "The sign of life of {Worker} could not be written")]
    internal static partial void BeatFailed(ILogger logger, string worker, Exception error);

    [LoggerMessage(8, LogLevel.Warning, "{What} ended and begins anew in {Delay}")]
    internal static partial void Ended(ILogger logger, string what, TimeSpan delay);

    [LoggerMessage(9, LogLevel.Warning, "The watchdog of {Worker} could not be told that it is alive")]
    internal static partial void AliveFailed(ILogger logger, string worker, Exception error);

    [LoggerMessage(10, LogLevel.Information, "Shadow: {Steps} steps would be done, {Holds} things are held")]
    static partial void ShadowChanged(ILogger logger, int steps, int holds);

    [LoggerMessage(11, LogLevel.Information, "Would be done: {Step}")]
    static partial void ShadowStep(ILogger logger, PlanStep step);

    [LoggerMessage(12, LogLevel.Warning, "Listening to control messages begins later than the worker: those sent before are missed")]
    internal static partial void ControlBeginsLate(ILogger logger, Exception error);

    [LoggerMessage(EventId = 13, Message = "No longer held: {What}")]
    internal static partial void NoLongerHeld(ILogger logger, LogLevel level, string what);
}
