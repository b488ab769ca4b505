namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.ComponentModel;
using System.Diagnostics;
using Decnet.Fleet.Model;

/// <summary>How a program that was run has ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Errors">What it wrote to its error output, cut.</param>
internal sealed record ProgramRun(int ExitCode, string Errors)
{
    const int MostErrors = 1000;

    internal bool Succeeded => ExitCode == 0;

    /// <summary>Runs a program to its end, and ends it when it takes too long.</summary>
    /// <param name="program">Its name, found on the path, or its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DecnetException">It cannot be started, or took too long.</exception>
    internal static async Task<ProgramRun> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        using var patience = new CancellationTokenSource(limit, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ended.Token);
            var errors = ReadAsync(process.StandardError, ended.Token);
            await process.WaitForExitAsync(ended.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            return new ProgramRun(process.ExitCode, await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DecnetException($"'{program}' did not end within {limit.TotalSeconds:0.#} seconds.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception error)
        {
            throw new DecnetException($"'{program}' could not be started: {error.Message}", error);
        }
    }

    static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[MostErrors];
        var count = await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        await reader.BaseStream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return new string(buffer, 0, count).Trim();
    }
}
