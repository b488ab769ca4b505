using Decnet.EngineTimings;

const string Introduction =
    """
    # Timings on a real engine

    Made by `dotnet run -c Release --project bench/Decnet.EngineTimings > bench/Decnet.EngineTimings/RESULTS.md`, against the engine of
    `eng/test-engine`. Times on a machine that does other things as well mean little; ratios within one run are what counts, and what
    is compared with each other was measured by turns. *Bare* is a plain HTTP client that sends the same requests. The listings of the
    section *scale* come from a fake daemon in the same process, all other answers from the engine.
    """;

var errors = new List<string>();
var arguments = Arguments.Parse(args, errors);
const string Variable = "DECNET_TEST_ENGINE";
var endpoint = Environment.GetEnvironmentVariable(Variable) ?? "";
const string Scheme = "unix://";
if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (!endpoint.StartsWith(Scheme, StringComparison.Ordinal))
{
    errors.Add($"{Variable} must name the unix socket of a private engine: eval \"$(eng/test-engine env)\"");
}

if (errors.Count > 0)
{
    errors.ForEach(Console.Error.WriteLine);
    return 2;
}

using var bare = new BareEngine(endpoint[Scheme.Length..]);
if ((await bare.ListAsync(everybody: true)).Count > 0)
{
    Console.Error.WriteLine($"The engine at {endpoint} has containers. This program removes what carries our labels; give it an engine of its own.");
    return 2;
}

var report = new Report(Introduction);
foreach (var section in arguments.Sections)
{
    Console.Error.WriteLine($"--- {section}");
    await bare.CleanAsync();
    try
    {
        await (section switch
        {
            "pass" => new PassSection(endpoint, bare, report).RunAsync(),
            "scale" => new ScaleSection(report).RunAsync(),
            "kill" => new KillSection(endpoint, bare, report, arguments.Kills).RunAsync(),
            "idle" => new IdleSection(endpoint, bare, report, arguments.Decnetd!, arguments.Minutes).RunAsync(),
            "lifecycle" => new LifecycleSection(endpoint, bare, report, arguments.Rounds * 5).RunAsync(),
            "add" => new AddSection(endpoint, bare, report).RunAsync(),
            _ => new DeploySection(endpoint, bare, report, arguments.Rounds).RunAsync(),
        });
    }
    finally
    {
        await bare.CleanAsync();
    }
}

report.Print(Console.Out);
return arguments.Check && report.HasMissed ? 1 : 0;
