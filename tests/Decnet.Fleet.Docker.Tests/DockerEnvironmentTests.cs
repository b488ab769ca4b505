namespace Decnet.Fleet.Docker.Tests;

using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Model;

public sealed class DockerEnvironmentTests
{
    [Theory]
    [InlineData("pinned", ImagePolicy.Pinned)]
    [InlineData("TAG", ImagePolicy.Tag)]
    [InlineData(" local ", ImagePolicy.Local)]
    [InlineData("", ImagePolicy.Local)]
    [InlineData(null, ImagePolicy.Local)]
    public void The_image_policy_is_taken_where_it_is_set(string? text, ImagePolicy policy)
    {
        var options = DockerEnvironment.Apply(new DockerRuntimeOptions { ImagePolicy = ImagePolicy.Local }, Of(("DECNET_IMAGE_POLICY", text)));
        Assert.Equal(policy, options.ImagePolicy);
    }

    [Fact]
    public void All_wrong_variables_are_named_at_once()
    {
        var error = Assert.Throws<DecnetException>(() => DockerEnvironment.Apply(
            new DockerRuntimeOptions(), Of(("DECNET_IMAGE_POLICY", "latest"), ("DECNET_HOST_ID", "a b"))));
        Assert.Contains("DECNET_IMAGE_POLICY is 'latest'", error.Message, StringComparison.Ordinal);
        Assert.Contains("DECNET_HOST_ID is 'a b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_and_decoy_image_are_taken_where_they_are_set()
    {
        Assert.Equal("edge-7", DockerEnvironment.Apply(new DockerRuntimeOptions(), Of(("DECNET_HOST_ID", "edge-7"))).HostId.Value);
        Assert.Equal("local", DockerEnvironment.Apply(new DockerRuntimeOptions(), Of()).HostId.Value);
        Assert.Equal("corp/decoy:1", DockerEnvironment.DecoyImage(Of(("DECNET_DECOY_IMAGE", "corp/decoy:1"))));
        Assert.Null(DockerEnvironment.DecoyImage(Of()));
        Assert.Throws<DecnetException>(() => DockerEnvironment.DecoyImage(Of(("DECNET_DECOY_IMAGE", "Corp/Decoy"))));
    }

    [Fact]
    public async Task A_runtime_is_made_as_the_environment_says_without_asking_the_engine()
    {
        await using var runtime = DockerContainerRuntime.FromEnvironment(environment: Of(("DOCKER_HOST", "tcp://192.0.2.1:2375"), ("DECNET_IMAGE_POLICY", "tag")));
        Assert.Equal("tcp://192.0.2.1:2375", runtime.Endpoint.TrimEnd('/'));
    }

    static Func<string, string?> Of(params (string Name, string? Value)[] variables) => name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
