namespace Decnet.Testing;

using System.Diagnostics;
using System.Globalization;

/// <summary>A running <c>Decnet.Victim</c>, whose lines on the standard output are what it has achieved.</summary>
public sealed class VictimProcess : IDisposable
{
    readonly Process process;
    readonly Task<string> errors;

    VictimProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    public static VictimProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(Folder(), "Decnet.Victim.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new VictimProcess(Process.Start(start)!);
    }

    /// <summary>The next line, or null after the last.</summary>
    public async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync();

    /// <summary>Ends the process with SIGKILL, at once, and returns the highest number that it still printed.</summary>
    public async Task<long> KillAsync()
    {
        Kill();
        var highest = 0L;
        while (await ReadLineAsync() is { } line)
        {
            // The kill may cut the last line, or leave one without its end: a part of a number is a smaller number.
            highest = long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? Math.Max(highest, number) : highest;
        }

        await process.WaitForExitAsync();
        return highest;
    }

    /// <summary>Ends the process with SIGKILL, at once.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits for the end and returns the exit code with what was printed on the standard error.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        while (await ReadLineAsync() is not null)
        {
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await errors);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    /// <summary>Where it is built: as the tests are, in the project beside theirs.</summary>
    static string Folder()
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var project = built.Parent!.Parent!.Parent!;
        return Path.Combine(project.Parent!.FullName, "Decnet.Victim", Path.GetRelativePath(project.FullName, built.FullName));
    }
}
