namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

[Trait("Weakness", "L-6.2")]
public sealed class MutationScheduleTests
{
    [Fact]
    public void A_decky_is_due_an_interval_after_the_last_time_a_tenth_more_or_less() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var interval = TimeSpan.FromMinutes(random.Next(1, 100_000));
            var last = Sample.Now.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 365));
            var decky = Sample.Decky($"decky-{random.Next(1000)}", "198.18.0.2") with { MutateInterval = interval, LastMutated = last };

            var due = MutationSchedule.DueAt(decky)!.Value;

            Assert.InRange(due - last, interval * 0.9, interval * 1.1);
            Assert.Equal(due, MutationSchedule.DueAt(decky with { Services = ["ftp"], Hostname = "other" }));
        }));

    /// <summary>A number that was computed once: other processes, and later versions, must come to the same.</summary>
    [Fact]
    public void Every_process_comes_to_the_same_answer() => Assert.Equal(
        "2026-01-01T01:05:31",
        MutationSchedule.DueAt(Rotating("decky-01", 60, Sample.Now))!.Value.ToString("s", null));

    [Fact]
    public void Deckies_that_were_built_at_once_do_not_rotate_at_once()
    {
        var minutes = Enumerable.Range(1, 200)
            .Select(i => MutationSchedule.DueAt(Rotating($"decky-{i:000}", 100, Sample.Now))!.Value)
            .CountBy(due => (int)(due - Sample.Now).TotalMinutes);

        Assert.InRange(minutes.Count(), 19, 21);
        Assert.All(minutes, minute => Assert.InRange(minute.Value, 1, 25));
    }

    [Fact]
    public void Without_an_interval_or_a_beginning_a_decky_is_never_due()
    {
        Assert.Null(MutationSchedule.DueAt(Sample.Decky("web", "198.18.0.2") with { LastMutated = Sample.Now }));
        Assert.Null(MutationSchedule.DueAt(Sample.Decky("web", "198.18.0.2") with { MutateInterval = TimeSpan.FromMinutes(1) }));
    }

    [Fact]
    public void A_time_past_the_end_of_the_calendar_is_its_end() =>
        Assert.Equal(DateTimeOffset.MaxValue, MutationSchedule.DueAt(Rotating("web", int.MaxValue, DateTimeOffset.MaxValue.AddDays(-1))));

    static Decky Rotating(string name, int minutes, DateTimeOffset last) =>
        Sample.Decky(name, "198.18.0.2") with { MutateInterval = TimeSpan.FromMinutes(minutes), LastMutated = last };
}
