namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Fleet.Model;
using Xunit;

public sealed class LocalFleetOptionsTests
{
    readonly Dictionary<string, string> variables = new()
    {
        ["DECNET_STATE_DIR"] = "/tmp/from-environment",
        ["DECNET_HOST_ID"] = "edge-01",
        ["DOCKER_HOST"] = "tcp://198.18.0.1:2375",
    };

    [Fact]
    public void The_environment_says_where_and_who()
    {
        var options = LocalFleetOptions.FromEnvironment(variables.GetValueOrDefault);

        Assert.Equal(("/tmp/from-environment", "edge-01", "tcp://198.18.0.1:2375"), (options.Folder.Path, options.HostId.Value, options.Variable("DOCKER_HOST")));
    }

    [Fact]
    public void What_is_given_comes_before_the_environment()
    {
        var options = LocalFleetOptions.FromEnvironment(variables.GetValueOrDefault, "/tmp/given", HostId.Parse("given"), "unix:///tmp/given.sock", "lab");

        Assert.Equal(("/tmp/given", "given", "unix:///tmp/given.sock"), (options.Folder.Path, options.HostId.Value, options.Variable("DOCKER_HOST")));
        Assert.Equal("lab", options.Variable("DECNET_PROJECT"));
    }

    [Fact]
    public void A_wrong_variable_is_named()
    {
        variables["DECNET_HOST_ID"] = "a b";

        var error = Assert.Throws<DecnetException>(() => LocalFleetOptions.FromEnvironment(variables.GetValueOrDefault));

        Assert.Contains("DECNET_HOST_ID", error.Message, StringComparison.Ordinal);
    }
}
