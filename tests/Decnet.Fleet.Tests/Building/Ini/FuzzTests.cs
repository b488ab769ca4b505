namespace Decnet.Fleet.Tests.Building.Ini;

using System.Diagnostics;
using System.Globalization;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;

/// <summary>
/// Random and mutated inputs. <c>DECNET_FUZZ_RUNS</c> sets how many, <c>DECNET_CAMPAIGN=full</c> makes it 1,000,000;
/// <c>DECNET_FUZZ_SEED</c> repeats the run of a seed that a failure names.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    const int DefaultRuns = 20_000;
    const int FullRuns = 1_000_000;

    [Fact]
    public void No_input_makes_the_parser_throw_or_contradict_itself()
    {
        var firstSeed = (int)(Number("DECNET_FUZZ_SEED") ?? 0);
        var runs = Number("DECNET_FUZZ_RUNS") ?? (Environment.GetEnvironmentVariable("DECNET_CAMPAIGN") == "full" ? FullRuns : DefaultRuns);
        runs = Number("DECNET_FUZZ_SEED") is null ? runs : 1;
        var valid = 0;
        var watch = Stopwatch.StartNew();
        for (var run = 0; run < runs; run++)
        {
            var seed = firstSeed + run;
            var text = new IniMutator(new Random(seed)).Next();
            try
            {
                valid += Check(text, again: run % 16 == 0) ? 1 : 0;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"DECNET_FUZZ_SEED={seed} fails for:{Environment.NewLine}{text}", e);
            }
        }

        output.WriteLine($"{runs} runs in {watch.Elapsed.TotalSeconds:0.0} s, {valid} inputs were valid");
        Assert.True(runs < 1_000 || (valid > runs / 100 && valid < runs), "the inputs are either all valid or all invalid: they test little");
    }

    [Theory]
    [InlineData("[a]\namount=100\n")]
    [InlineData("\n")]
    [InlineData("x\n")]
    [InlineData("[")]
    [InlineData("\"")]
    [InlineData(" \"#")]
    [InlineData("[a]\n")]
    [InlineData("[a{0}]\namount=100\n")]
    [InlineData("[a{0}.ssh]\n")]
    [InlineData("[a{0}.{0}]\n")]
    [InlineData("[custom-a{0}]\nbinary=x\n")]
    [InlineData("[a.s{0}]\nx=1\n[custom-s{0}]\nbinary=x\n", "[a]\namount=100\n")]
    [InlineData("key{0}=x\n", "[a]\n")]
    [InlineData("  x\n", "[a]\n[a.http]\ncustom_body=\n")]
    [InlineData("{0},", "[custom-a]\nbinary=x\nports=")]
    [InlineData(",", "[a]\nservices=")]
    [InlineData("\\\"", "[a]\nservices=\"")]
    [InlineData("a\\ 'b' ", "[custom-a]\nbinary=x\nexec=")]
    public void The_largest_document_of_the_worst_kind_does_not_take_for_ever(string pattern, string head = "")
    {
        var parts = Enumerable.Range(0, FleetIniParser.MaxBytes).Select(i => string.Format(CultureInfo.InvariantCulture, pattern, i));
        var text = new System.Text.StringBuilder(head);
        using var part = parts.GetEnumerator();
        while (part.MoveNext() && text.Length + part.Current.Length <= FleetIniParser.MaxBytes)
        {
            text.Append(part.Current);
        }

        var watch = Stopwatch.StartNew();
        var ini = FleetIniParser.Parse(text.ToString());
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds:0} ms, {ini.Deckies.Count} deckies, {ini.Issues.Count} issues");
        Assert.DoesNotContain(ini.Issues, issue => issue.Code == FleetIniIssueCode.TooLarge);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

    static bool Check(string text, bool again)
    {
        var ini = FleetIniParser.Parse(text);
        var lines = text.Count(c => c is '\r' or '\n') + 1;
        var last = 0;
        foreach (var issue in ini.Issues)
        {
            var line = issue.Line ?? int.MaxValue;
            Assert.True(issue.Line is null || (line >= 1 && line <= lines), $"'{issue}' is not in the text");
            Assert.True(line >= last, $"'{issue}' is out of order");
            Assert.True(issue.Message.Length is > 0 and < 500, $"'{issue.Message.Length}' characters");
            last = line;
        }

        var names = ini.Deckies.Select(decky => decky.Name.Value).ToHashSet();
        Assert.Equal(ini.Deckies.Count, names.Count);
        Assert.True(names.All(DeckyName.IsValid));
        Assert.True(!ini.IsValid || ini.Deckies.Count > 0);
        if (again)
        {
            Assert.Equal(ini, FleetIniParser.Parse(text));
        }

        return ini.IsValid;
    }

    static long? Number(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
