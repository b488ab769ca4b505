namespace Decnet.Engine.Tests.Deploying;

using System.Text.Json;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Xunit;

public sealed class DeployTests(TestEngine engine)
{
    [EngineFact]
    public async Task Fleet_runs_as_it_was_described_and_stays_untouched()
    {
        var fleet = TestFleet.OfWebs(3);
        await using var scene = await FleetScene.OpenAsync(engine);

        var result = await scene.DeployAsync(fleet);

        Assert.Equal((3, 3), (result.Inserted, result.Repaired));
        var containers = await scene.ContainersAsync();
        Assert.Equal(fleet.Containers().Select(spec => spec.Name).Order(), containers.Keys.Order());
        await scene.AssertConvergedAsync();
        Assert.Equal(containers, await scene.ContainersAsync());
        foreach (var decky in fleet.Deckies)
        {
            await AssertStackAsync(scene, fleet, decky);
        }
    }

    [EngineFact]
    public async Task Containers_are_hardened_and_carry_the_labels_of_compose()
    {
        var fleet = TestFleet.OfWebs(1);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);

        foreach (var spec in fleet.Containers())
        {
            var inspected = await scene.InspectAsync(spec.Name);
            var host = inspected.GetProperty("HostConfig");
            Assert.Equal("ALL", Assert.Single(Texts(host.GetProperty("CapDrop"))));
            Assert.Equal(spec.Capabilities, Texts(host.GetProperty("CapAdd")).Select(name => name.Replace("CAP_", "", StringComparison.Ordinal)));
            Assert.Contains(Texts(host.GetProperty("SecurityOpt")), option => option.StartsWith("no-new-privileges", StringComparison.Ordinal));
            Assert.False(host.GetProperty("Privileged").GetBoolean());
            Assert.InRange(host.GetProperty("PidsLimit").GetInt64(), 1, 1024);
            Assert.InRange(host.GetProperty("Memory").GetInt64(), 6 << 20, 1 << 30);
            Assert.Equal("unless-stopped", host.GetProperty("RestartPolicy").GetProperty("Name").GetString());
            Assert.NotEmpty(host.GetProperty("LogConfig").GetProperty("Config").GetProperty("max-size").GetString()!);
            Assert.Empty(Texts(host.GetProperty("Binds")));
            var labels = inspected.GetProperty("Config").GetProperty("Labels").EnumerateObject()
                .ToDictionary(label => label.Name, label => label.Value.GetString()!);
            Assert.Subset(labels.ToHashSet(), DecnetLabels.For(spec, HostId.Local).ToHashSet());
            // What the kernel made of it: no effective capability beyond those, and no way to gain one.
            var effective = spec.Capabilities.Count == 0 ? "0000000000000000" : "0000000000000400";
            var status = await scene.InsideAsync(spec.Name, "grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/1/status");
            Assert.Equal($"CapEff:\t{effective}\nCapBnd:\t{effective}\nNoNewPrivs:\t1", status);
        }
    }

    [EngineFact]
    public async Task Looking_up_a_neighbour_tells_neither_its_name_nor_that_of_the_network()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));

        var answers = await scene.InsideAsync("web-01-ssh", $"cat /etc/resolv.conf; nslookup {TestFleet.AddressOf(2)} 2>&1; nslookup web-02 2>&1; true");

        Assert.StartsWith($"nameserver {TestFleet.Gateway}\n", answers, StringComparison.Ordinal);
        Assert.DoesNotContain(DecnetLabels.NetworkName, answers, StringComparison.Ordinal);
        Assert.DoesNotContain($"Address: {TestFleet.AddressOf(2)}", answers, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Nothing_that_is_seen_from_inside_names_the_product_or_the_decky()
    {
        var fleet = TestFleet.OfWebs(2);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);
        var root = await scene.Docker("info", "--format", "{{.DockerRootDir}}");

        foreach (var spec in fleet.Containers())
        {
            var seen = await scene.InsideAsync(
                spec.Name,
                "env; hostname; cat /proc/self/mountinfo /etc/hosts /etc/hostname /etc/resolv.conf; "
                + "for process in /proc/[0-9]*; do tr '\\0' '\\n' <$process/environ; tr '\\0' '\\n' <$process/cmdline; done 2>/dev/null");

            // The folder of the test engine may be named after the product; that of an operator is /var/lib/docker.
            seen = seen.Replace(root, "", StringComparison.Ordinal);

            Assert.Contains("intranet", seen, StringComparison.Ordinal);
            Assert.Contains(spec.Command[0], seen, StringComparison.Ordinal);
            foreach (var word in (string[])["decnet", "decky", "deckies", "decoy", "honeypot", "web-0"])
            {
                Assert.DoesNotContain(word, seen, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [EngineFact]
    public async Task Services_greet_a_stranger_on_the_same_network()
    {
        var decky = TestFleet.Web(1, "ssh", "ftp", "smtp", "pop3", "telnet", "http", "redis");
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.Of(decky, TestFleet.Web(2)));
        await scene.Docker("run", "-d", "--name", "scanner", "--network", DecnetLabels.NetworkName, "busybox:1.36", "sleep", "300");
        try
        {
            var heard = await Task.WhenAll(
                scene.HearAsync("scanner", decky, 22),
                scene.HearAsync("scanner", decky, 21),
                scene.HearAsync("scanner", decky, 25),
                scene.HearAsync("scanner", decky, 110),
                scene.HearAsync("scanner", decky, 23),
                scene.HearAsync("scanner", decky, 80, "GET / HTTP/1.0\\r\\n\\r\\n"),
                scene.HearAsync("scanner", decky, 6379, "PING\\r\\n"),
                scene.HearAsync("scanner", decky, 3306));

            Assert.StartsWith("SSH-2.0-", heard[0], StringComparison.Ordinal);
            Assert.StartsWith("220", heard[1], StringComparison.Ordinal);
            Assert.StartsWith("220", heard[2], StringComparison.Ordinal);
            Assert.StartsWith("+OK", heard[3], StringComparison.Ordinal);
            Assert.Contains("ogin:", heard[4], StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.", heard[5], StringComparison.Ordinal);
            Assert.NotEmpty(heard[6]);
            Assert.Empty(heard[7]);
        }
        finally
        {
            await scene.Docker("rm", "-f", "scanner");
        }
    }

    [EngineFact]
    public async Task Teardown_leaves_no_container_and_no_network()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(3));

        await scene.File.SaveAsync(TestFleet.Of());
        var result = await scene.PassAsync(removeStrays: true);

        Assert.False(result.HasFailures);
        Assert.Empty(await scene.RowsAsync());
        Assert.Empty(await scene.ContainersAsync());
        await scene.RemoveNetworkAsync();
        Assert.DoesNotContain(DecnetLabels.NetworkName, await scene.Docker("network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
        await scene.AssertConvergedAsync();
    }

    static async Task AssertStackAsync(FleetScene scene, Fleet fleet, Decky decky)
    {
        var name = decky.Name.Value;
        Assert.Contains($"inet {decky.IPAddress}/25", await scene.InsideAsync(name, "ip -4 addr show eth0"), StringComparison.Ordinal);
        Assert.Equal(decky.MacAddress.ToString(), await scene.InsideAsync(name, "cat /sys/class/net/eth0/address"));
        Assert.Equal(decky.Hostname, await scene.InsideAsync(name, "hostname"));
        var specs = fleet.Containers().Where(spec => spec.Name == name || spec.Name.StartsWith(name + "-", StringComparison.Ordinal)).ToArray();
        var settings = specs[0].Sysctls.Select(setting => $"/proc/sys/{setting.Key.Replace('.', '/')}:{setting.Value}").Order(StringComparer.Ordinal);
        Assert.NotEmpty(settings);
        Assert.Equal(settings, (await scene.InsideAsync(name, "grep -H '' /proc/sys/net/ipv4/* 2>/dev/null")).Split('\n').Intersect(settings).Order(StringComparer.Ordinal));

        var network = await scene.InsideAsync(name, "readlink /proc/1/ns/net");
        foreach (var service in specs[1..])
        {
            Assert.Equal($"{network}\n{decky.Hostname}", await scene.InsideAsync(service.Name, "readlink /proc/1/ns/net; hostname"));
        }
    }

    static string[] Texts(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];
}
