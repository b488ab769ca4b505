namespace Decnet.Fleet.Tests.Docs;

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Telemetry;
using Decnet.Testing;
using Xunit;

public sealed partial class ObservabilityPageTests
{
    const string ObservabilityPage = "docs/observability.md";

    static readonly string Text = Page.Read(ObservabilityPage);

    [Fact]
    public void The_page_lists_every_instrument_with_its_type_and_unit_and_no_other()
    {
        var published = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == FleetTelemetry.Name)
                {
                    published.Add($"{instrument.Name} {instrument.GetType().Name.Split('`')[0].ToLowerInvariant()} {instrument.Unit}");
                }
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(FleetTelemetry).TypeHandle);
        listener.Start();

        var listed = Rows().Matches(Text).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}");

        Assert.NotEmpty(published);
        Assert.Equal(published.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_lists_every_activity_and_no_other()
    {
        var source = File.ReadAllText(SourceTree.File("src/Decnet.Fleet/Telemetry/FleetTelemetry.cs"));

        var started = StartedActivities().Matches(source).Select(match => match.Groups[1].Value);
        var listed = ActivityRows().Matches(Text).Select(row => row.Groups[1].Value);

        Assert.Equal(started.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("`action` | steps", typeof(PlanAction))]
    [InlineData("`outcome` | steps", typeof(StepOutcome))]
    [InlineData("`state` | deckies", typeof(DeckyState))]
    [InlineData("`kind` | operations", typeof(OperationKind))]
    [InlineData("`trigger` | mutations", typeof(MutationTrigger))]
    public void The_page_names_every_value_of_a_tag(string row, Type values)
    {
        var line = Text.Split('\n').Single(line => line.StartsWith($"| {row} |", StringComparison.Ordinal));
        var words = Enum.GetNames(values).Select(name => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}`");

        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_shows_the_program_that_is_tested() =>
        Assert.Equal(SourceTree.Marked("tests/Decnet.Fleet.Tests/Docs/ListeningProgram.cs"), Assert.Single(Page.Blocks(ObservabilityPage, "csharp")).Trim());

    [Fact]
    public async Task The_program_hears_what_is_measured()
    {
        var heard = new ConcurrentBag<string>();

        await ListeningProgram.RunAsync(
            (name, value, tags) => heard.Add($"{name} {value} {string.Join(' ', tags)}"),
            () =>
            {
                FleetTelemetry.OperationEnded("page", "heard", TimeSpan.FromSeconds(2));
                return Task.CompletedTask;
            });

        Assert.Contains("decnet.operations 1 [kind, page] [outcome, heard]", heard);
        Assert.Contains("decnet.operations.duration 2 [kind, page] [outcome, heard]", heard);
    }

    [GeneratedRegex(@"^\| `(decnet\.[\w.]+)` \| (\w+) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^\| `(decnet\.[\w.]+)` \| (?!\w+ \| `)", RegexOptions.Multiline)]
    private static partial Regex ActivityRows();

    [GeneratedRegex(@"StartActivity\(""([\w.]+)""")]
    private static partial Regex StartedActivities();
}
