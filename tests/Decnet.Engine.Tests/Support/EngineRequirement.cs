namespace Decnet.Engine.Tests.Support;

/// <summary>Whether the tests on a real engine run, skip or fail.</summary>
static class EngineRequirement
{
    internal const string EndpointVariable = "DECNET_TEST_ENGINE";
    internal const string MacvlanVariable = "DECNET_TEST_MACVLAN_PARENT";

    internal const string Hint =
        $"no Docker engine for tests: {EndpointVariable} is not set. As root: eng/test-engine start && eval \"$(eng/test-engine env)\"";

    /// <summary>Why the tests skip; null when they run, or must fail for want of an engine.</summary>
    internal static string? SkipReason => SkipReasonOf(Environment.GetEnvironmentVariable);

    /// <summary>The rule: with an engine they run; without one they skip, but not where somebody relies on them.</summary>
    internal static string? SkipReasonOf(Func<string, string?> variable)
    {
        var required = variable("DECNET_REQUIRE_ENGINE") == "1" || string.Equals(variable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        return required || !string.IsNullOrEmpty(variable(EndpointVariable)) ? null : Hint;
    }
}
