namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Daemon.Units;
using Decnet.Fleet.State;

/// <summary>A command that writes files for systemd and logrotate. It installs nothing.</summary>
internal abstract class UnitCommandBase : DaemonCommand
{
    readonly UnitOptions options = new();

    protected UnitCommandBase(string name, string description, GlobalOptions global, DaemonEnvironment environment)
        : base(name, description, global, environment) => options.AddTo(this);

    /// <summary>Adds what the service needs beside what all need.</summary>
    protected abstract UnitRequest Complete(UnitRequest request, ParseResult arguments);

    protected override Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var request = Complete(options.Request(arguments, Global, Environment), arguments);
        var target = options.Folder(arguments);
        var files = UnitFiles.Of(request);
        List<string> written = [.. new UnitFolder(target, DurableFiles.Instance).Write(files, options.Force(arguments))];
        if (request.Kind == UnitKind.Agent)
        {
            written.Add(AgentManifest.Write(request, files.Keys, target));
        }

        foreach (var path in written)
        {
            Show(path, Global.Json(arguments));
        }

        return Task.FromResult(ExitCodes.Done);
    }

    void Show(string path, bool json)
    {
        if (json)
        {
            JsonLines.Write(Terminal.Out, writer => writer.WriteString("file", path));
        }
        else
        {
            Terminal.Out.WriteLine(path);
        }
    }
}
