namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.CommandLine.Invocation;
using Decnet.Daemon.Hosting;

/// <summary>The command line of <c>decnetd</c>.</summary>
internal static class DecnetdCommand
{
    const string About =
        """
        Deploys fleets of decoy hosts (deckies) and keeps them as they should be.

        Exit codes: 0 done, 1 failure, 2 bad input, 3 a single pass was held, 4 reconcile --once --dry-run found drift.
        """;

    /// <summary>Parses a command line and runs what it asks for.</summary>
    /// <returns>One of the <see cref="ExitCodes"/>.</returns>
    internal static async Task<int> RunAsync(IReadOnlyList<string> words, DaemonEnvironment environment, CancellationToken cancellationToken)
    {
        var parsed = Build(environment).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
            {
                await environment.Terminal.Error.WriteLineAsync(error).ConfigureAwait(false);
            }

            await environment.Terminal.Error.WriteLineAsync($"See '{Path(parsed.CommandResult.Command)} --help'.").ConfigureAwait(false);
            return ExitCodes.BadInput;
        }

        // The signals are the caller's business, since the second one ends the process.
        var invocation = new InvocationConfiguration
        {
            Output = environment.Terminal.Out,
            Error = environment.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
    }

    internal static RootCommand Build(DaemonEnvironment environment)
    {
        var global = new GlobalOptions();
        var root = new RootCommand(About);
        global.AddTo(root);
        root.Add(new DeployCommand(global, environment));
        root.Add(new TeardownCommand(global, environment));
        root.Add(new MutateCommand(global, environment));
        root.Add(new StatusCommand(global, environment));
        root.Add(new EventsCommand(global, environment));
        root.Add(new OperationsCommand(global, environment));
        root.Add(new ReconcileCommand(global, environment));
        root.Add(new StopCommand(global, environment));
        root.Add(new SuspendCommand(global, environment));
        root.Add(new ResumeCommand(global, environment));
        root.Add(new UnitCommand(global, environment)
        {
            new UnitAgentCommand(global, environment),
            new UnitMasterCommand(global, environment),
        });
        root.Add(new AgentCommand(global, environment)
        {
            new AgentEnrollCommand(global, environment),
            new AgentRemoveCommand(global, environment),
        });
        root.Add(new MasterCommand(global, environment));
        root.Add(new Command("host", "The hosts of the fleet, on the master.")
        {
            new HostListCommand(global, environment),
            new HostEnrollCommand(global, environment),
            new HostTestCommand(global, environment),
            new HostRemoveCommand(global, environment),
            new HostDestroyCommand(global, environment),
        });
        return root;
    }

    static string Path(Command command) =>
        command is RootCommand ? "decnetd" : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";
}
