namespace Decnet.Simulation.Tests.Killing;

using System.Globalization;
using Decnet.Testing;
using Xunit;

public sealed class PassCampaignTests(ITestOutputHelper output)
{
    /// <summary>Then another folder is begun, so that the first passes on a folder are killed too.</summary>
    const int RoundsPerFolder = 10;

    readonly PassCampaignFigures figures = new();

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task Processes_killed_while_they_make_passes_leave_what_the_next_pass_finishes()
    {
        var random = new Random(Campaign.Seed);
        while (figures.Kills < Campaign.Kills)
        {
            using var folder = new TemporaryFolder();
            var (sequence, generation) = (0L, 0L);
            for (var i = 0; i < RoundsPerFolder && figures.Kills < Campaign.Kills; i++)
            {
                var round = await PassRound.RunAsync(folder.Path, random);
                var at = $"seed {Campaign.Seed}, after {figures.Kills + round.Kills} kills ({round.Description})";
                Assert.True(round.Failure.Length == 0, $"{at}: {round.Failure}");
                try
                {
                    var verdict = await PassVerdict.JudgeAsync(folder.Path, Math.Max(sequence, round.Sequence), Math.Max(generation, round.Generation));
                    figures.Add(round, verdict, verdict.Found - sequence);
                    (sequence, generation) = (verdict.Last, verdict.Generation);
                }
                catch (Exception error)
                {
                    throw new PassCampaignException($"{at}: {error.Message}", error);
                }
            }
        }

        Assert.True(figures.Passes > Campaign.Kills, figures.ToString());
        var line = string.Create(CultureInfo.InvariantCulture, $"pass campaign: seed {Campaign.Seed}, {figures}");
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
