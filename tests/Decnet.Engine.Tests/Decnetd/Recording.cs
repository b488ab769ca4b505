namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Support;

/// <summary>Writes down a session in a lab.</summary>
sealed class Recording(DecnetdLab lab)
{
    readonly Transcript transcript = new();

    /// <summary>Says what comes next.</summary>
    internal void Note(string line) => transcript.Note(line);

    /// <summary>Shows a file.</summary>
    internal void Show(string path) => transcript.Show(path);

    /// <summary>Runs <c>decnetd</c> to its end.</summary>
    internal async Task<CommandResult> RunAsync(params string[] words)
    {
        var result = await lab.RunAsync(words);
        transcript.Command("$", "decnetd", words);
        transcript.End(result);
        return result;
    }

    /// <summary>Runs <c>docker</c>.</summary>
    internal async Task DockerAsync(params string[] words)
    {
        transcript.Command("$", "docker", words);
        transcript.Print(await lab.Engine.RunAsync(words));
        transcript.Blank();
    }

    /// <summary>Notes that a worker was started, or how it ended.</summary>
    internal void Worker(string command, CommandResult? end = null)
    {
        transcript.Print(end is null ? $"$ decnetd {command} &" : $"[decnetd {command}: exit {end.ExitCode}, and on its standard error:]");
        transcript.Print(end?.Errors ?? "");
        transcript.Blank();
    }

    /// <summary>Writes all of it into the file that <c>DECNET_RECORDING</c> names; nowhere when it names none.</summary>
    internal void Save()
    {
        if (Environment.GetEnvironmentVariable("DECNET_RECORDING") is { Length: > 0 } path)
        {
            File.WriteAllText(path, transcript.ToString());
        }
    }
}
