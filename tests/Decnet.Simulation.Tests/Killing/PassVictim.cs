namespace Decnet.Simulation.Tests.Killing;

using System.Globalization;
using Decnet.Testing;

/// <summary>A process that makes passes, and what it has acknowledged so far.</summary>
sealed class PassVictim : IDisposable
{
    const int KilledExitCode = 128 + 9;

    readonly VictimProcess process;
    readonly Task reading;
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SemaphoreSlim acknowledgements = new(0);

    PassVictim(VictimProcess process)
    {
        this.process = process;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>The highest sequence number of an event that it has acknowledged.</summary>
    public long Sequence { get; private set; }

    /// <summary>The highest generation that it has acknowledged.</summary>
    public long Generation { get; private set; }

    public int Passes { get; private set; }

    /// <summary>Starts one that goes on until it is killed, or until it has made some passes.</summary>
    public static PassVictim Start(string folder, int seed, int? passes = null)
    {
        string[] arguments = ["pass", folder, seed.ToString(CultureInfo.InvariantCulture)];
        return new PassVictim(VictimProcess.Start(
            passes is { } count ? [.. arguments, count.ToString(CultureInfo.InvariantCulture)] : arguments));
    }

    /// <summary>Waits until it begins, and then for some acknowledgements.</summary>
    public async Task AwaitAsync(int passes)
    {
        await begun.Task;
        for (var i = 0; i < passes; i++)
        {
            await acknowledgements.WaitAsync();
        }
    }

    /// <summary>Kills it, waits for its end, and returns how it ended otherwise, or null when it died of the kill.</summary>
    public async Task<string?> KillAsync()
    {
        process.Kill();
        return await EndAsync(KilledExitCode);
    }

    /// <summary>Waits for its end, and returns how it ended, or null when it ended well.</summary>
    public Task<string?> EndAsync() => EndAsync(0);

    public void Dispose()
    {
        process.Dispose();
        acknowledgements.Dispose();
    }

    async Task<string?> EndAsync(int expected)
    {
        await reading;
        var (exitCode, errors) = await process.EndAsync();
        return exitCode == expected && errors.Length == 0 ? null : $"exit code {exitCode}, {errors}";
    }

    async Task ReadAsync()
    {
        while (await process.ReadLineAsync() is { } line)
        {
            // The kill may cut the last line: a part of a number is a smaller number.
            var numbers = line.Split(' ');
            if (numbers.Length == 2
                && long.TryParse(numbers[0], CultureInfo.InvariantCulture, out var sequence)
                && long.TryParse(numbers[1], CultureInfo.InvariantCulture, out var generation))
            {
                (Sequence, Generation) = (Math.Max(Sequence, sequence), Math.Max(Generation, generation));
                Passes++;
                acknowledgements.Release();
            }

            begun.TrySetResult();
        }

        // Who died early is not to be waited for.
        begun.TrySetResult();
        acknowledgements.Release(1000);
    }
}
