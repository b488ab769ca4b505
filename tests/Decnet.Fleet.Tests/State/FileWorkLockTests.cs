namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.State;
using Decnet.Testing;
using Decnet.Testing.Contracts;
using Xunit;

public sealed class FileWorkLockTests : WorkLockContract, IDisposable
{
    readonly TemporaryFolder folder = new();

    protected override IWorkLock Lock => new FileWorkLock(folder.File("work.lock"), Clock);

    [Fact]
    public async Task A_file_that_cannot_be_locked_says_what_to_do()
    {
        Directory.CreateDirectory(folder.File("work.lock"));

        var error = await Assert.ThrowsAsync<FleetFileException>(() => Lock.AcquireAsync("x", TimeSpan.Zero));

        Assert.Contains("must be able to write", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
