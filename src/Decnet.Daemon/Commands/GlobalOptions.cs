namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.CommandLine.Parsing;
using Decnet.Daemon.Hosting;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    static readonly string[] Levels = ["trace", "debug", "information", "warning", "error", "critical", "none"];

    readonly Option<string?> stateDir = new("--state-dir")
    {
        Description = "The state folder. Default: DECNET_STATE_DIR, else /var/lib/decnet if it can be written, else the user's data folder.",
        HelpName = "DIR",
        Recursive = true,
        CustomParser = Values.NotBlank,
    };

    readonly Option<HostId?> hostId = new("--host-id")
    {
        Description = "The host whose deckies are worked on. Default: DECNET_HOST_ID, else 'local'.",
        HelpName = "ID",
        Recursive = true,
        CustomParser = Values.Host,
    };

    readonly Option<string?> dockerHost = new("--docker-host")
    {
        Description = "The Docker engine. Default: DOCKER_HOST, else the current docker context, else the machine's engine.",
        HelpName = "URL",
        Recursive = true,
        CustomParser = Values.Endpoint,
    };

    readonly Option<string?> project = new("--project")
    {
        Description = "The Compose project of the fleet, when several share an engine. Default: DECNET_PROJECT, else 'decnet'.",
        HelpName = "NAME",
        Recursive = true,
        CustomParser = Values.NotBlank,
    };

    readonly Option<LogLevel?> logLevel = new("--log-level")
    {
        Description = $"How much is logged to the standard error: {string.Join(", ", Levels)}. Default: warning; information for what serves.",
        HelpName = "LEVEL",
        Recursive = true,
        CustomParser = Level,
    };

    readonly Option<bool> json = new("--json")
    {
        Description = "Print JSON lines on the standard output, one object for each row, operation or event.",
        Recursive = true,
    };

    internal void AddTo(Command root)
    {
        root.Add(stateDir);
        root.Add(hostId);
        root.Add(dockerHost);
        root.Add(project);
        root.Add(logLevel);
        root.Add(json);
    }

    internal string? DockerHost(ParseResult arguments) => arguments.GetValue(dockerHost);

    internal string? Project(ParseResult arguments) => arguments.GetValue(project);

    internal string? StateDir(ParseResult arguments) => arguments.GetValue(stateDir);

    internal HostId? Host(ParseResult arguments) => arguments.GetValue(hostId);

    internal LogLevel? LogLevel(ParseResult arguments) => arguments.GetValue(logLevel);

    internal bool Json(ParseResult arguments) => arguments.GetValue(json);

    /// <exception cref="DecnetException">A variable of the environment is wrong.</exception>
    internal LocalFleetOptions Settings(ParseResult arguments, DaemonEnvironment environment) =>
        LocalFleetOptions.FromEnvironment(environment.Variable, StateDir(arguments), Host(arguments), DockerHost(arguments), Project(arguments)) with
        {
            Connect = environment.Connect,
            Taken = environment.Taken,
            Clock = environment.Clock,
            LockWait = environment.LockWait,
        };

    static LogLevel? Level(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.ToLowerInvariant();
        text = text switch
        {
            "info" => "information",
            "warn" => "warning",
            _ => text,
        };
        var position = Array.IndexOf(Levels, text);
        if (position < 0)
        {
            result.AddError($"--log-level takes one of {string.Join(", ", Levels)}, not '{result.Tokens[0].Value}'.");
            return null;
        }

        return (LogLevel)position;
    }
}
