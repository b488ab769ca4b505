namespace Decnet.Engine.Tests.HostNetwork;

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

/// <summary>
/// A network of its own, without anything but a loopback. It belongs to one thread, on which work in it runs, and goes away with it, so
/// that not even a killed test leaves anything behind.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    const int NewNetwork = 0x40000000;
    const string Binder = "setpriv";

    readonly BlockingCollection<Action> work = [];
    readonly TaskCompletionSource<(int Thread, string? Problem)> start = new();

    internal NetworkNamespace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are there on Linux only.");
        new Thread(Serve) { IsBackground = true }.Start();
        var (thread, problem) = start.Task.GetAwaiter().GetResult();
        Assert.SkipWhen(problem is not null, $"A network of the test's own takes root: {problem}.");
        Path = $"/proc/{Environment.ProcessId}/task/{thread}/ns/net";
        Ip("link set lo up");
    }

    /// <summary>The file by which the kernel and the command <c>ip</c> know the namespace.</summary>
    internal string Path { get; }

    /// <summary>Runs something in the namespace. Threads and processes that it starts are in it as well.</summary>
    internal T Run<T>(Func<T> action)
    {
        var result = new TaskCompletionSource<T>();
        work.Add(() =>
        {
            try
            {
                result.SetResult(action());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    /// <summary>Starts a program in the namespace. One that is bound to it is bound when this returns.</summary>
    internal Process Start(ProcessStartInfo start)
    {
        var process = Run(() => Process.Start(start)!);
        if (start.FileName == Binder)
        {
            // It binds itself, and then becomes the command.
            SpinWait.SpinUntil(() => process.HasExited || NameOf(process) != Binder, TimeSpan.FromMinutes(1));
        }

        return process;
    }

    /// <summary>A command that the kernel kills when the thread ends that started it: with the namespace, or with the tests.</summary>
    internal static ProcessStartInfo Bound(params string[] words) => new(Binder, ["--pdeathsig", "KILL", .. words]);

    /// <summary>Runs the command <c>ip</c> in the namespace.</summary>
    internal string Ip(string arguments) => Command("ip", arguments);

    /// <summary>Runs <c>iptables</c> in the namespace, whose tables are its own.</summary>
    internal void Iptables(string arguments) => Command("iptables", $"-w 30 {arguments}");

    /// <summary>What <c>ip -j</c> answers.</summary>
    internal JsonElement[] IpJson(string arguments)
    {
        var text = Ip($"-j -d {arguments}");
        return string.IsNullOrWhiteSpace(text) ? [] : [.. JsonElement.Parse(text).EnumerateArray()];
    }

    public void Dispose() => work.CompleteAdding();

    string Command(string program, string arguments)
    {
        using var process = Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments}: {error.GetAwaiter().GetResult()}");
    }

    static string? NameOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return null;
        }
    }

    void Serve()
    {
        var problem = Unshare(NewNetwork) == 0 ? null : Marshal.GetLastPInvokeErrorMessage();
        start.SetResult((GetThreadId(), problem));
        foreach (var action in work.GetConsumingEnumerable())
        {
            action();
        }
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    static extern int Unshare(int flags);

    [DllImport("libc", EntryPoint = "gettid")]
    static extern int GetThreadId();
}
