namespace Decnet.Engine.Tests.Support;

/// <summary>What a running engine has on the machine, noted while it has it, and looked for after it went.</summary>
sealed class EngineFootprint
{
    readonly string folder;
    readonly List<string> paths;
    readonly List<string> namespaces = [];

    EngineFootprint(PrivateEngine engine)
    {
        folder = engine.Folder;
        paths = [folder, $"/sys/class/net/{engine.MacvlanParent}", $"/sys/class/net/{engine.MacvlanParent[..^1]}q"];
    }

    /// <summary>The network namespaces that containers have.</summary>
    internal int Namespaces => namespaces.Count;

    /// <summary>The host's ends of the links of containers.</summary>
    internal int Links => paths.Count(path => path.StartsWith("/sys/class/net/veth", StringComparison.Ordinal));

    /// <summary>That of an engine in the network of the machine, with one of its bridges.</summary>
    internal static async Task<EngineFootprint> OfAsync(PrivateEngine engine, string bridge)
    {
        var footprint = Of(engine);
        var link = $"/sys/class/net/br-{(await engine.DockerCli("network", "inspect", "-f", "{{.Id}}", bridge))[..12]}";
        footprint.paths.Add(link);
        footprint.paths.AddRange(Directory.GetFileSystemEntries(link + "/brif").Select(port => "/sys/class/net/" + Path.GetFileName(port)));
        return footprint;
    }

    /// <summary>That of an engine in whatever network, without the links there.</summary>
    internal static EngineFootprint Of(PrivateEngine engine)
    {
        var footprint = new EngineFootprint(engine);
        var tasks = Path.Combine(engine.Folder, "exec/containerd/io.containerd.runtime.v2.task/moby");
        foreach (var task in Directory.GetDirectories(tasks))
        {
            footprint.paths.Add(File.ReadAllText(Path.Combine(task, "address")).Replace("unix://", "", StringComparison.Ordinal));
            var process = File.ReadAllText(Path.Combine(task, "init.pid"));
            footprint.paths.Add($"/proc/{process}");
            footprint.namespaces.Add(new FileInfo($"/proc/{process}/ns/net").LinkTarget!);
            footprint.paths.AddRange(CgroupsOf(process));
        }

        return footprint;
    }

    /// <summary>Those of the noted things that are still there.</summary>
    internal IReadOnlyList<string> Leftovers() =>
    [
        .. paths.Where(path => Path.Exists(path) && !IsZombie(path)),
        .. File.ReadLines("/proc/mounts").Where(line => line.Split(' ')[1].StartsWith(folder + "/", StringComparison.Ordinal)),
        .. Processes(),
    ];

    // It has ended; how soon its number is free is up to the init process of the machine.
    static bool IsZombie(string path)
    {
        try
        {
            return path.StartsWith("/proc/", StringComparison.Ordinal) && File.ReadAllText(path + "/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    IEnumerable<string> Processes()
    {
        foreach (var process in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(path["/proc/".Length])))
        {
            string command;
            string? network;
            try
            {
                command = File.ReadAllText(process + "/cmdline").Replace('\0', ' ');
                network = new FileInfo(process + "/ns/net").LinkTarget;
            }
            catch (IOException)
            {
                continue; // It ended meanwhile.
            }

            if (command.Contains(folder + "/", StringComparison.Ordinal) || namespaces.Contains(network!))
            {
                yield return $"{process}: {command}";
            }
        }
    }

    static IEnumerable<string> CgroupsOf(string process)
    {
        string[] roots = ["/sys/fs/cgroup", .. Directory.GetDirectories("/sys/fs/cgroup")];
        return from line in File.ReadLines($"/proc/{process}/cgroup")
               let cgroup = line.Split(':', 3)[2]
               where cgroup.Length > 1
               from path in new[] { cgroup, Path.GetDirectoryName(cgroup)! }
               where path.Length > 1
               from root in roots
               where Directory.Exists(root + path)
               select root + path;
    }
}
