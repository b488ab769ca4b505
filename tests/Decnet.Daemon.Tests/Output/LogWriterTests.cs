namespace Decnet.Daemon.Tests.Output;

using Decnet.Daemon.Output;
using Decnet.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

public sealed class LogWriterTests
{
    readonly StringWriter output = new();

    [Fact]
    public void A_line_has_time_level_and_category()
    {
        using var log = new LogWriter(output, LogLevel.Information, LogFormat.Plain, new FakeTimeProvider(Sample.Now));

        log.CreateLogger("Decnet.Fleet.Reconciling.Reconciler").LogWarning("held");

        Assert.Equal($"2026-01-01T00:00:00.000Z warn  Reconciler: held{Environment.NewLine}", output.ToString());
    }

    [Fact]
    public void The_journal_gets_a_priority_and_one_line()
    {
        using var log = new LogWriter(output, LogLevel.Information, LogFormat.Journal, TimeProvider.System);

        log.CreateLogger("A.B").LogError(new InvalidOperationException("why"), "what\nelse");

        Assert.Equal($"<3>B: what else: why{Environment.NewLine}", output.ToString());
    }

    [Fact]
    public void What_is_below_the_level_is_left_out()
    {
        using var log = new LogWriter(output, LogLevel.Warning, LogFormat.Plain, TimeProvider.System);
        using var silent = new LogWriter(output, LogLevel.None, LogFormat.Plain, TimeProvider.System);

        log.CreateLogger("A").LogInformation("x");
        silent.CreateLogger("A").LogCritical("x");

        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData(LogLevel.Debug, true)]
    [InlineData(LogLevel.Information, false)]
    public void A_stack_trace_is_for_those_who_debug(LogLevel level, bool traced)
    {
        using var log = new LogWriter(output, level, LogFormat.Plain, TimeProvider.System);
        try
        {
            throw new InvalidOperationException("outer", new IOException("inner"));
        }
        catch (InvalidOperationException error)
        {
            log.CreateLogger("A").LogError(error, "failed");
        }

        Assert.Contains("inner", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(traced, output.ToString().Contains("   at ", StringComparison.Ordinal));
    }
}
