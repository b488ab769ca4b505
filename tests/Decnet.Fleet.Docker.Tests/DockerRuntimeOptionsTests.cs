namespace Decnet.Fleet.Docker.Tests;

using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Images;

public sealed class DockerRuntimeOptionsTests
{
    [Fact]
    public void Defaults_are_in_order() => new DockerRuntimeOptions().Validate();

    [Fact]
    public void All_wrong_options_are_named_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => DockerContainerRuntime.Connect(new DockerRuntimeOptions
        {
            ArtifactsRoot = "artifacts",
            Limits = new ContainerLimits { PidsLimit = 0, MemoryBytes = 1000, Cpus = double.NaN },
            LogRotation = new LogRotation { MaxFileBytes = 0, MaxFiles = 0 },
            StopGrace = TimeSpan.FromSeconds(-1),
            ImagePolicy = (ImagePolicy)9,
        }));
        Assert.All(
            ["ArtifactsRoot", "PidsLimit", "MemoryBytes", "Cpus", "MaxFileBytes", "MaxFiles", "StopGrace", "ImagePolicy"],
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Timeouts_are_checked_too()
    {
        var error = Assert.Throws<ArgumentException>(() => new DockerRuntimeOptions { Timeouts = new EngineTimeouts { Query = TimeSpan.Zero } }.Validate());
        Assert.Contains("Query", error.Message, StringComparison.Ordinal);
    }
}
