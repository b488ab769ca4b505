namespace Decnet.Engine.Tests.Decnetd;

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Decnet.Engine.Tests.Killing;
using Decnet.Testing;

/// <summary>Notes each container that the engine makes from now on. The engine itself remembers only its last few events.</summary>
sealed class Creations : IDisposable
{
    const string Marker = "decnet-test-marker";

    readonly RealEngine engine;
    readonly Process process;
    readonly ConcurrentQueue<string> names = new();

    internal Creations(RealEngine engine)
    {
        this.engine = engine;
        var since = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "docker", ["-H", engine.Endpoint, "events", "--since", since, "--filter", "event=create", "--filter", "type=container", "--format", "{{.Actor.Attributes.name}}"])
        {
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => names.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
    }

    /// <summary>The names of all containers made so far, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> ReadAsync()
    {
        // Events come in order: when this one is here, all before it are.
        await engine.RunAsync("create", "--name", Marker, "busybox:1.36");
        await engine.RunAsync("rm", Marker);
        await Eventually.TrueAsync(() => Task.FromResult(names.Contains(Marker)));
        return [.. names.Where(name => name.Length > 0 && name != Marker)];
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
