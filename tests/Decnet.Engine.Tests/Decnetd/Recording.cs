namespace Decnet.Engine.Tests.Decnetd;

using System.Text;
using Decnet.Engine.Tests.Support;

/// <summary>Writes down what a session on a terminal would show: commands, what they print, and what they end with.</summary>
sealed class Recording(DecnetdLab lab)
{
    readonly StringBuilder text = new();

    /// <summary>Says what comes next.</summary>
    internal void Note(string line) => text.Append("# ").AppendLine(line);

    /// <summary>Shows a file.</summary>
    internal void Show(string path)
    {
        text.AppendLine($"$ cat {Path.GetFileName(path)}");
        text.AppendLine(File.ReadAllText(path).TrimEnd()).AppendLine();
    }

    /// <summary>Runs <c>decnetd</c> to its end.</summary>
    internal async Task<CommandResult> RunAsync(params string[] words)
    {
        var result = await lab.RunAsync(words);
        var line = string.Join(' ', words.Select(word => Path.IsPathRooted(word) ? Path.GetFileName(word) : word));
        text.AppendLine($"$ decnetd {line}");
        Append(result.Errors);
        Append(result.Output);
        text.AppendLine($"[exit {result.ExitCode}]").AppendLine();
        return result;
    }

    /// <summary>Runs <c>docker</c>.</summary>
    internal async Task DockerAsync(params string[] words)
    {
        text.AppendLine($"$ docker {string.Join(' ', words)}");
        Append(await lab.Engine.RunAsync(words));
        text.AppendLine();
    }

    /// <summary>Notes that a worker was started, or how it ended.</summary>
    internal void Worker(string command, CommandResult? end = null)
    {
        text.AppendLine(end is null ? $"$ decnetd {command} &" : $"[decnetd {command}: exit {end.ExitCode}, and on its standard error:]");
        Append(end?.Errors ?? "");
        text.AppendLine();
    }

    /// <summary>Writes all of it into the file that <c>DECNET_RECORDING</c> names; nowhere when it names none.</summary>
    internal void Save()
    {
        if (Environment.GetEnvironmentVariable("DECNET_RECORDING") is { Length: > 0 } path)
        {
            File.WriteAllText(path, text.ToString());
        }
    }

    void Append(string printed)
    {
        if (printed.Length > 0)
        {
            text.AppendLine(printed);
        }
    }
}
