namespace Decnet.Daemon.Hosting;

using System.Globalization;

/// <summary>A clock that is wrong by a fixed time, for tests of hosts whose clocks differ. Timers and timestamps are the machine's.</summary>
internal sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    /// <summary>The variable with the offset, in whole seconds. It is for tests, and documented nowhere else.</summary>
    internal const string Variable = "DECNET_TEST_CLOCK_OFFSET";

    internal static TimeProvider Of(string? seconds) =>
        int.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset) && offset != 0
            ? new ShiftedClock(TimeSpan.FromSeconds(offset))
            : System;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
