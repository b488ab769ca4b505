namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using Decnet.Testing;

/// <summary>Programs of a test in the place of those of the system, found on the path, which write down how they are called.</summary>
internal sealed class FakePrograms : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string path = Environment.GetEnvironmentVariable("PATH") ?? "";

    internal FakePrograms()
    {
        File.WriteAllText(folder.File("calls"), "");
        Environment.SetEnvironmentVariable("PATH", $"{folder.Path}:{path}");
    }

    internal string[] Calls => File.ReadAllLines(folder.File("calls"));

    /// <summary>Puts a program in place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="script">What it does, as lines of the shell.</param>
    internal void Put(string name, string script)
    {
        File.WriteAllText(folder.File(name), $"#!/bin/sh\necho \"{name} $*\" >>'{folder.File("calls")}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        folder.Dispose();
    }
}
