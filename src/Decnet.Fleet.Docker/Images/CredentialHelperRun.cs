namespace Decnet.Fleet.Docker.Images;

using System.Diagnostics;
using System.Text;

/// <summary>What a helper's process wrote before it ended.</summary>
internal sealed class CredentialHelperRun
{
    const int MaxOutput = 256 * 1024;

    public required int ExitCode { get; init; }

    public required string Output { get; init; }

    public required string Errors { get; init; }

    /// <summary>Runs the program with an input, and kills it and its children when the wait is ended.</summary>
    /// <exception cref="InvalidDataException">It wrote more than an answer can be.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static async Task<CredentialHelperRun> StartAsync(string path, string verb, string input, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo(path, [verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        })!;
        try
        {
            Task<string> output = ReadAsync(process.StandardOutput.BaseStream, cancellationToken);
            Task<string> errors = ReadAsync(process.StandardError.BaseStream, cancellationToken);
            await WriteAsync(process.StandardInput, input, cancellationToken).ConfigureAwait(false);
            // The one that fails first ends the wait for the other.
            await (await Task.WhenAny(output, errors).ConfigureAwait(false)).ConfigureAwait(false);
            await Task.WhenAll(output, errors).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new CredentialHelperRun
            {
                ExitCode = process.ExitCode,
                Output = await output.ConfigureAwait(false),
                Errors = await errors.ConfigureAwait(false),
            };
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    static async Task WriteAsync(StreamWriter writer, string input, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            writer.Close();
        }
        catch (IOException)
        {
            // A helper may end without reading; what it wrote and its exit code say why.
        }
    }

    static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MaxOutput)
            {
                throw new InvalidDataException($"more than {MaxOutput / 1024} KiB");
            }
        }

        return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length).Trim();
    }
}
