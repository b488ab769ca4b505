namespace Decnet.PowerShell.Tests.Shell.Inspecting;

using Decnet.Shell.Flow;
using Decnet.Shell.Inspecting;
using Xunit;

public sealed class WordsTests
{
    [Theory]
    [InlineData("torn_down", "torn_down")]
    [InlineData("TornDown", "torn_down")]
    [InlineData("TEARDOWN_FAILED", "teardown_failed")]
    [InlineData("tearingdown", "tearing_down")]
    public void A_word_is_found_however_it_is_written(string text, string word) =>
        Assert.Equal([word], Words.Find([text], Words.DeckyStates, "State")!);

    [Fact]
    public void A_word_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var error = Assert.Throws<FaultException>(() => Words.Find(["done"], Words.OperationStatuses, "Status"));

        Assert.Equal(("StatusInvalid", "done"), (error.Fault.Id, error.Fault.Target));
        Assert.Contains("pending, running, succeeded, failed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_condition_stays_none() => Assert.Null(Words.Find(null, Words.DeckyStates, "State"));
}
