namespace Decnet.FakeDaemon.Engine;

using System.Text.Json.Nodes;

/// <summary>
/// The answer to <c>GET /info</c>, with the fields that come and go with the versions of the API, as the engine's API changelog tells
/// them: each asked version has its own, whatever the engine's newest is.
/// </summary>
static class InfoDocument
{
    public static JsonObject Of(EngineRelease release, string asked)
    {
        var has = (string version) => EngineRelease.IsAtLeast(asked, version);
        var info = new JsonObject
        {
            ["ID"] = "ALQZ:XIXV:V25W:GKA7:G3UX:3LK7:NS3W:JTRL:SDYS:NUD2:UTIZ:UVQG",
            ["Containers"] = 0,
            ["ContainersRunning"] = 0,
            ["ContainersPaused"] = 0,
            ["ContainersStopped"] = 0,
            ["Images"] = 1,
            ["Driver"] = has("1.52") ? "overlayfs" : "overlay2",
            ["DriverStatus"] = Storage(has("1.52")),
            ["Plugins"] = Plugins(),
            ["MemoryLimit"] = true,
            ["SwapLimit"] = true,
            ["CpuCfsPeriod"] = true,
            ["CpuCfsQuota"] = true,
            ["CPUShares"] = true,
            ["CPUSet"] = true,
            ["PidsLimit"] = true,
            ["IPv4Forwarding"] = true,
            ["Debug"] = false,
            ["NFd"] = 27,
            ["OomKillDisable"] = !has("1.42"),
            ["NGoroutines"] = 42,
            ["SystemTime"] = "2026-05-08T06:35:44.404145977Z",
            ["LoggingDriver"] = "json-file",
            ["CgroupDriver"] = has("1.42") ? "systemd" : "cgroupfs",
            ["NEventsListener"] = 0,
            ["KernelVersion"] = "6.12.48",
            ["OperatingSystem"] = "Debian GNU/Linux 12 (bookworm)",
            ["OSType"] = "linux",
            ["Architecture"] = "x86_64",
            ["NCPU"] = 2,
            ["MemTotal"] = 25274793984,
            ["GenericResources"] = null,
            ["DockerRootDir"] = "/var/lib/docker",
            ["HttpProxy"] = "",
            ["HttpsProxy"] = "",
            ["NoProxy"] = "",
            ["Name"] = "lab",
            ["Labels"] = new JsonArray(),
            ["ExperimentalBuild"] = release.IsExperimental,
            ["ServerVersion"] = release.Version,
            ["DefaultRuntime"] = "runc",
            ["Swarm"] = Swarm(),
            ["LiveRestoreEnabled"] = false,
            ["Isolation"] = "",
            ["InitBinary"] = "docker-init",
            ["SecurityOptions"] = new JsonArray("name=seccomp,profile=" + (has("1.42") ? "builtin" : "default")),
            ["Warnings"] = null,
        };
        AddVersioned(info, has);
        return info;
    }

    static void AddVersioned(JsonObject info, Func<string, bool> has)
    {
        info["OSVersion"] = "12";
        if (has("1.41"))
        {
            info["CgroupVersion"] = has("1.42") ? "2" : "1";
        }

        if (!has("1.42"))
        {
            info["KernelMemory"] = true;
            info["KernelMemoryTCP"] = true;
        }

        if (!has("1.50"))
        {
            info["BridgeNfIptables"] = !has("1.47");
            info["BridgeNfIp6tables"] = !has("1.47");
        }

        if (has("1.44"))
        {
            info["CDISpecDirs"] = new JsonArray("/etc/cdi", "/var/run/cdi");
        }

        if (has("1.46"))
        {
            info["Containerd"] = new JsonObject
            {
                ["Address"] = "/run/containerd/containerd.sock",
                ["Namespaces"] = new JsonObject { ["Containers"] = "moby", ["Plugins"] = "plugins.moby" },
            };
        }

        if (has("1.49"))
        {
            info["FirewallBackend"] = new JsonObject { ["Driver"] = "iptables" };
        }

        info["Runtimes"] = new JsonObject { ["runc"] = Runtime(has("1.44")) };
        info["ContainerdCommit"] = Commit("05044ec0a9a75232cad458027ca83437aae3f4da", !has("1.49"));
        info["RuncCommit"] = Commit("v1.2.5-0-g59923ef", !has("1.49"));
        info["InitCommit"] = Commit("de40ad0", !has("1.49"));
    }

    static JsonArray Storage(bool isContainerd) => isContainerd
        ? new(new JsonArray("driver-type", "io.containerd.snapshotter.v1"))
        : new(new JsonArray("Backing Filesystem", "extfs"), new JsonArray("Supports d_type", "true"));

    static JsonObject Plugins() => new()
    {
        ["Volume"] = new JsonArray("local"),
        ["Network"] = new JsonArray("bridge", "host", "ipvlan", "macvlan", "null", "overlay"),
        ["Authorization"] = null,
        ["Log"] = new JsonArray("awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "splunk", "syslog"),
    };

    static JsonObject Swarm() => new()
    {
        ["NodeID"] = "",
        ["NodeAddr"] = "",
        ["LocalNodeState"] = "inactive",
        ["ControlAvailable"] = false,
        ["Error"] = "",
        ["RemoteManagers"] = null,
    };

    static JsonObject Runtime(bool hasStatus)
    {
        var runtime = new JsonObject { ["path"] = "runc" };
        if (hasStatus)
        {
            runtime["status"] = new JsonObject { ["org.opencontainers.runtime-spec.features"] = "{\"ociVersionMin\":\"1.0.0\"}" };
        }

        return runtime;
    }

    static JsonObject Commit(string id, bool hasExpected)
    {
        var commit = new JsonObject { ["ID"] = id };
        if (hasExpected)
        {
            commit["Expected"] = id;
        }

        return commit;
    }
}
