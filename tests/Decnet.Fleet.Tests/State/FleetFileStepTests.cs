namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetFileStepTests
{
    [Fact]
    [Trait("Weakness", "W-02")]
    [Trait("Weakness", "L-0.3")]
    public async Task Ending_a_save_before_any_step_leaves_the_old_file_or_the_new_one()
    {
        foreach (var corruptFirst in new[] { false, true })
        {
            var completed = false;
            for (var step = 1; !completed; step++)
            {
                using var folder = new TemporaryFolder();
                var path = folder.File("decnet-state.json");
                await new FleetFile(path).SaveAsync(SampleFleet.Of(1));
                await new FleetFile(path).SaveAsync(SampleFleet.Of(2));
                if (corruptFirst)
                {
                    await File.WriteAllTextAsync(path, "{\"format\":\"decnet.fleet/1\",\"generation\":2,");
                }

                completed = await TrySaveAsync(new FleetFile(path, null, null, null, new EndingFiles(step)));

                var state = await new FleetFile(path, new FleetFileOptions { LockTimeout = TimeSpan.Zero }).LoadAsync();
                var generation = state is DesiredState.Known known ? known.Generation : 0;
                Assert.Contains(generation, completed ? [3] : corruptFirst ? new long[] { 0, 3 } : [2, 3]);
                Assert.False(state is DesiredState.Missing);
                Assert.Contains(BackupGeneration(path), new long[] { 1, 2 });
                var next = await new FleetFile(path, new FleetFileOptions { LockTimeout = TimeSpan.Zero }).SaveAsync(SampleFleet.Of(4));
                Assert.True(next.Generation > Math.Max(2, generation));
                Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
                Assert.True(step < 40);
            }
        }
    }

    [Fact]
    public async Task A_failing_disk_is_reported_with_what_became_of_the_file()
    {
        for (var step = 4; step < 9; step++)
        {
            using var folder = new TemporaryFolder();
            var path = folder.File("decnet-state.json");
            await new FleetFile(path).SaveAsync(SampleFleet.Of(1));
            var files = new EndingFiles(step) { Error = new IOException("No space left on device.") };
            var error = await Assert.ThrowsAsync<FleetFileException>(() => new FleetFile(path, null, null, null, files).SaveAsync(SampleFleet.Of(2)));
            Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
            var state = Assert.IsType<DesiredState.Known>(await new FleetFile(path).LoadAsync());
            var kept = error.Message.Contains("previous contents are still in place", StringComparison.Ordinal);
            Assert.Equal(kept ? 1 : 2, state.Generation);
            Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
        }
    }

    static long BackupGeneration(string path) =>
        Assert.IsType<DesiredState.Known>(FleetFileReader.Read(path, File.ReadAllBytes(path + ".bak"))).Generation;

    static async Task<bool> TrySaveAsync(FleetFile file)
    {
        try
        {
            await file.SaveAsync(SampleFleet.Of(3));
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The real files, which end the process, as it were, at one of the steps that change something.</summary>
    sealed class EndingFiles(int lastStep) : IDurableFiles
    {
        readonly DurableFiles real = DurableFiles.Instance;
        int steps;

        public Exception Error { get; init; } = new TimeoutException("The process ended.");

        public Task<T> RunAsync<T>(Func<T> work) => Task.FromResult(work());

        public void CreateFolder(string folder) => Step(() => real.CreateFolder(folder));

        public byte[]? Read(string path, long maxBytes) => real.Read(path, maxBytes);

        public void Create(string path, ReadOnlySpan<byte> contents)
        {
            var bytes = contents.ToArray();
            if (steps + 1 == lastStep)
            {
                real.Create(path, bytes.AsSpan(0, bytes.Length / 2));
            }

            Step(() => real.Create(path, bytes));
        }

        public void Rename(string from, string to) => Step(() => real.Rename(from, to));

        public void FlushFolder(string folder) => Step(() => real.FlushFolder(folder));

        public IReadOnlyList<string> List(string folder, string prefix, string suffix) => real.List(folder, prefix, suffix);

        public void Delete(string path) => real.Delete(path);

        public IDisposable? TryLock(string path, string holder)
        {
            IDisposable? held = null;
            Step(() => held = real.TryLock(path, holder));
            return held;
        }

        public string? ReadHolder(string path) => real.ReadHolder(path);

        void Step(Action step)
        {
            if (++steps == lastStep)
            {
                throw Error;
            }

            step();
        }
    }
}
