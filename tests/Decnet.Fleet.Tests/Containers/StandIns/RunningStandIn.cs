namespace Decnet.Fleet.Tests.Containers.StandIns;

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Decnet.Testing;
using Xunit;

/// <summary>The script of a stand-in, run by the BusyBox of this machine with its ports moved to free ones of the loopback interface.</summary>
internal sealed partial class RunningStandIn : IDisposable
{
    static readonly string? BusyBox = ((string[])["/bin/busybox", "/usr/bin/busybox"]).FirstOrDefault(File.Exists);
    static readonly Lazy<string> Applets = new(InstallApplets);

    readonly Dictionary<int, TestPort> ports = [];

    internal RunningStandIn(string script)
    {
        Assert.SkipWhen(BusyBox is null, "BusyBox is not installed (package busybox-static), so no stand-in can run.");
        var moved = Listener().Replace(script, match => $"nc -ll -p {ports[int.Parse(match.Groups[1].Value)] = TestPort.Take()} ");
        var start = new ProcessStartInfo(BusyBox!) { ArgumentList = { "sh", "-c", moved }, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = Applets.Value;
        Process = Process.Start(start)!;
    }

    internal Process Process { get; }

    internal int PortFor(int port) => ports[port].Number;

    /// <summary>Connects, says one thing after another, each after something was heard unless it is the first of a client that begins, and hears until the end or silence.</summary>
    internal async Task<byte[]> TalkAsync(int port, bool clientBegins, params byte[][] messages)
    {
        using var client = await ConnectAsync(port);
        var stream = client.GetStream();
        var heard = new MemoryStream();
        var next = 0;
        if (clientBegins)
        {
            await stream.WriteAsync(messages[next++]);
        }

        var buffer = new byte[8192];
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            silence.CancelAfter(TimeSpan.FromSeconds(next < messages.Length ? 60 : 5));
            try
            {
                var count = await stream.ReadAsync(buffer, silence.Token);
                if (count == 0)
                {
                    return heard.ToArray();
                }

                heard.Write(buffer, 0, count);
                if (next < messages.Length)
                {
                    await stream.WriteAsync(messages[next++], silence.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                return heard.ToArray();
            }
        }
    }

    internal async Task<string> TalkAsync(int port, bool clientBegins, params string[] messages) =>
        Encoding.Latin1.GetString(await TalkAsync(port, clientBegins, [.. messages.Select(Encoding.Latin1.GetBytes)]));

    internal async Task<TcpClient> ConnectAsync(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, PortFor(port), TestContext.Current.CancellationToken);
                return client;
            }
            catch (SocketException) when (attempt < 200 && !Process.HasExited)
            {
                client.Dispose();
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    public void Dispose()
    {
        Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        foreach (var port in ports.Values)
        {
            port.Dispose();
        }
    }

    /// <summary>A folder with what the official image has in its path, of which the scripts may use this much.</summary>
    static string InstallApplets()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "applets")).FullName;
        foreach (var applet in (string[])["sh", "nc", "printf", "sleep", "timeout", "dd", "hexdump", "date"])
        {
            var link = Path.Combine(folder, applet);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, BusyBox!);
            }
        }

        return folder;
    }

    [GeneratedRegex(@"nc -ll -p (\d+) ")]
    private static partial Regex Listener();
}
