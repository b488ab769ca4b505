namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary><c>decnetd operations</c>: deployments, mutations and teardowns of single deckies, newest first.</summary>
internal sealed class OperationsCommand : DaemonCommand
{
    readonly Option<DeckyName?> decky = new("--decky") { Description = "Only those of this decky.", HelpName = "NAME", CustomParser = Values.Name };

    readonly Option<int?> last = new("--last") { Description = "Only so many, the newest. Default: 20.", HelpName = "N", CustomParser = Values.Count };

    readonly Option<OperationStatus?> status = new("--status")
    {
        Description = $"Only those with this status: {string.Join(", ", Token<OperationStatus>.All)}.",
        HelpName = "STATUS",
        CustomParser = Values.Word<OperationStatus>,
    };

    internal OperationsCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("operations", "Show the history of deployments, mutations and teardowns.", global, environment)
    {
        Add(decky);
        Add(last);
        Add(status);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var query = new OperationQuery
        {
            // A master sees what is done on all hosts.
            HostId = host.Master is null ? host.HostId : null,
            DeckyName = arguments.GetValue(decky),
            Status = arguments.GetValue(status),
            Limit = arguments.GetValue(last) ?? 20,
        };
        var operations = await host.Store.ListOperationsAsync(query, cancellationToken).ConfigureAwait(false);
        OperationRows.Write(Terminal, operations, Global.Json(arguments));
        return ExitCodes.Done;
    }
}
