namespace Decnet.Engine.Tests.Decnetd;

using System.Text;
using Decnet.Engine.Tests.Support;

/// <summary>A text of commands, what they printed and what they ended with, as a session on a terminal shows them.</summary>
sealed class Transcript
{
    readonly StringBuilder text = new();

    /// <summary>Says what comes next.</summary>
    internal void Note(string line) => text.Append("# ").AppendLine(line);

    /// <summary>Shows a file.</summary>
    internal void Show(string path, string prompt = "$")
    {
        text.AppendLine($"{prompt} cat {Path.GetFileName(path)}");
        text.AppendLine(File.ReadAllText(path).TrimEnd()).AppendLine();
    }

    /// <summary>A command that was given; the files that it names are shown without their folders.</summary>
    internal void Command(string prompt, string program, params string[] words) =>
        text.AppendJoin(' ', [prompt, program, .. words.Select(word => Path.IsPathRooted(word) ? Path.GetFileName(word) : word)]).AppendLine();

    /// <summary>What a command printed and ended with.</summary>
    internal void End(CommandResult result)
    {
        Print(result.Errors);
        Print(result.Output);
        text.AppendLine($"[exit {result.ExitCode}]").AppendLine();
    }

    /// <summary>What something printed; nothing when it printed nothing.</summary>
    internal void Print(string printed)
    {
        if (printed.Length > 0)
        {
            text.AppendLine(printed);
        }
    }

    internal void Blank() => text.AppendLine();

    public override string ToString() => text.ToString();
}
