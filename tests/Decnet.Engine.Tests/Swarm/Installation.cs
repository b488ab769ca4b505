namespace Decnet.Engine.Tests.Swarm;

using Xunit;

/// <summary>What an installer leaves on a host, and its manifest: a program, the state folder, a log. There is no service manager.</summary>
sealed class Installation
{
    const string Marker = ".decnet-install";
    const string Id = "5c0de1ab5c0de1ab5c0de1ab5c0de1ab";

    readonly LabHost host;
    readonly string program;
    readonly string log;

    /// <summary>Installs an agent that has run before, so that its state folder is there.</summary>
    internal Installation(LabHost host)
    {
        this.host = host;
        program = host.File("decnetd");
        log = Path.Combine(host.StateFolder, "agent.log");
        File.WriteAllText(program, "#!/bin/sh\n");
        File.WriteAllText(log, "the log\n");
        File.WriteAllText(Path.Combine(host.StateFolder, Marker), Id + "\n");
        File.WriteAllText(
            Manifest,
            $$"""
            {
              "version": "1",
              "id": "{{Id}}",
              "units": [],
              "files": ["{{program}}"],
              "folders": ["{{host.StateFolder}}"],
              "logs": ["{{log}}"]
            }

            """);
    }

    internal string Manifest => Path.Combine(host.StateFolder, "install-manifest.json");

    /// <summary>Nothing of it is left but the log.</summary>
    internal void IsGone()
    {
        Assert.False(File.Exists(program));
        Assert.Equal([log], Directory.EnumerateFiles(host.StateFolder, "*", SearchOption.AllDirectories));
    }
}
