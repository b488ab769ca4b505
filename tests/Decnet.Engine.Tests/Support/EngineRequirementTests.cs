namespace Decnet.Engine.Tests.Support;

using Xunit;

public sealed class EngineRequirementTests
{
    [Theory]
    [InlineData("")]
    [InlineData("CI=false")]
    [InlineData("DECNET_TEST_ENGINE=")]
    public void Without_an_engine_tests_skip_and_say_how_to_start_one(string environment) =>
        Assert.Contains("eng/test-engine start", EngineRequirement.SkipReasonOf(Variables(environment)), StringComparison.Ordinal);

    [Theory]
    [InlineData("DECNET_TEST_ENGINE=unix:///tmp/x.sock")]
    [InlineData("CI=true")]
    [InlineData("CI=True")]
    [InlineData("DECNET_REQUIRE_ENGINE=1")]
    public void With_an_engine_and_where_one_is_required_nothing_skips(string environment) =>
        Assert.Null(EngineRequirement.SkipReasonOf(Variables(environment)));

    static Func<string, string?> Variables(string environment) =>
        name => environment.StartsWith(name + "=", StringComparison.Ordinal) ? environment[(name.Length + 1)..] : null;
}
