namespace Decnet.Engine.Tests.Support;

using Xunit;

/// <summary>Engines of their own, started, killed and stopped beside the shared one.</summary>
public sealed class EngineScriptTests(TestEngine shared)
{
    [EngineFact]
    public async Task A_stop_leaves_nothing_and_can_be_repeated()
    {
        await using var engine = await PrivateEngine.StartAsync();
        var footprint = await PopulateAsync(engine);

        await EngineScript.RunAsync("stop", engine.Folder);

        Assert.Empty(footprint.Leftovers());
        Assert.Contains("No test engine", await EngineScript.RunAsync("stop", engine.Folder), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_stop_after_the_daemon_was_killed_leaves_nothing()
    {
        await using var engine = await PrivateEngine.StartAsync();
        var footprint = await PopulateAsync(engine);
        await engine.DockerCli("pause", "first");
        await engine.KillDaemonAsync();
        Assert.NotEmpty(footprint.Leftovers());

        await EngineScript.RunAsync("stop", engine.Folder);

        Assert.Empty(footprint.Leftovers());
    }

    [EngineFact]
    public async Task A_daemon_that_ended_starts_again_with_its_containers_and_images()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await engine.DockerCli("create", "--name", "kept", "busybox:1.36", "true");

        await engine.StopDaemonAsync();
        Assert.Equal(1, (await EngineScript.TryAsync("status", engine.Folder)).ExitCode);
        await engine.StartDaemonAsync();
        Assert.Equal("kept", await engine.DockerCli("ps", "-a", "--format", "{{.Names}}"));
        await engine.KillDaemonAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.DockerCli("version"));
        await engine.StartDaemonAsync();

        Assert.Equal("kept", await engine.DockerCli("ps", "-a", "--format", "{{.Names}}"));
        await engine.DockerCli("start", "--attach", "kept");
    }

    /// <summary>A daemon that ends while it answers a request leaves the root filesystem of a container mounted.</summary>
    [EngineFact]
    public async Task A_mount_that_an_ended_daemon_left_does_not_keep_its_container()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await engine.DockerCli("create", "--name", "left", "busybox:1.36", "true");
        var root = await engine.DockerCli("inspect", "--format", "{{.GraphDriver.Data.MergedDir}}", "left");
        Assert.SkipUnless(Path.IsPathRooted(root), "the engine keeps root filesystems without mounting them");

        await engine.StopDaemonAsync();
        Directory.CreateDirectory(root);
        Assert.Equal(0, (await CommandLine.RunAsync("mount", ["-t", "tmpfs", "left", root])).ExitCode);
        await engine.StartDaemonAsync();

        await engine.DockerCli("rm", "left");
        Assert.False(Directory.Exists(root));
    }

    [EngineFact]
    public async Task An_engine_inside_another_is_refused_and_one_beside_it_is_not_seen()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await engine.DockerCli("create", "--name", "mine", "busybox:1.36", "true");

        var inside = await EngineScript.TryAsync("start", engine.Folder + "/inside");

        Assert.Contains("is inside the test engine", inside.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", await shared.DockerCli("ps", "-a", "--format", "{{.Names}}"), StringComparison.Ordinal);
        await EngineScript.RunAsync("stop", engine.Folder);
        Assert.NotEmpty(await shared.DockerCli("version", "--format", "{{.Server.Version}}"));
    }

    [EngineFact]
    public async Task The_engine_has_the_images_of_the_catalog_and_a_parent_for_macvlan_networks()
    {
        await using var engine = await PrivateEngine.StartAsync();

        var images = (await engine.DockerCli("images", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n');
        await engine.DockerCli("network", "create", "-d", "macvlan", "-o", $"parent={engine.MacvlanParent}", "--subnet", "198.18.231.128/25", "lan");
        var address = await engine.DockerCli("run", "--rm", "--network", "lan", "--ip", "198.18.231.200", "debian:bookworm-slim", "ip", "-4", "addr");

        Assert.Subset(images.ToHashSet(), new HashSet<string> { "busybox:1.36", "debian:bookworm-slim", "kalilinux/kali-rolling:latest" });
        Assert.InRange(engine.MacvlanParent.Length, 1, 15);
        Assert.Contains("198.18.231.200/25", address, StringComparison.Ordinal);
    }

    /// <summary>Running containers on a bridge and on a macvlan network, and one that joined another's network.</summary>
    static async Task<EngineFootprint> PopulateAsync(PrivateEngine engine)
    {
        await engine.DockerCli("network", "create", "--subnet", "198.18.231.0/25", "bridged");
        await engine.DockerCli("network", "create", "-d", "macvlan", "-o", $"parent={engine.MacvlanParent}", "--subnet", "198.18.231.128/25", "lan");
        await engine.DockerCli("run", "-d", "--name", "first", "--restart", "always", "--network", "bridged", "busybox:1.36", "sleep", "900");
        await engine.DockerCli("run", "-d", "--name", "second", "--network", "lan", "busybox:1.36", "sleep", "900");
        await engine.DockerCli("run", "-d", "--name", "third", "--network", "container:first", "busybox:1.36", "httpd", "-f");
        var footprint = await EngineFootprint.OfAsync(engine, "bridged");
        Assert.Equal((3, 1), (footprint.Namespaces, footprint.Links));
        return footprint;
    }
}
