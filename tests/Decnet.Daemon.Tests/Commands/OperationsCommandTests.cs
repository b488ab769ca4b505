namespace Decnet.Daemon.Tests.Commands;

using Decnet.Daemon.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class OperationsCommandTests : IDisposable
{
    readonly Lab lab = new();

    [Fact]
    public async Task Operations_are_listed_with_what_went_wrong()
    {
        await AddAsync("web-01", "no such\nimage");
        await AddAsync("db-01", null);

        var shown = await lab.RunAsync("operations");

        Assert.Equal(0, shown.Code);
        Assert.Equal(3, shown.Lines.Length);
        Assert.StartsWith("DECKY", shown.Lines[0], StringComparison.Ordinal);
        Assert.Contains(shown.Lines, line => line.StartsWith("web-01  deploy     failed", StringComparison.Ordinal) && line.EndsWith("no such image", StringComparison.Ordinal));
        Assert.DoesNotContain('\t', shown.Output);
    }

    [Theory]
    [InlineData("--decky", "web-01", "web-01")]
    [InlineData("--status", "succeeded", "db-01")]
    public async Task Operations_are_chosen(string option, string value, string expected)
    {
        await AddAsync("web-01", "no such image");
        await AddAsync("db-01", null);

        var shown = await lab.RunAsync("operations", option, value, "--json");

        Assert.Equal(expected, Assert.Single(shown.Json).GetProperty("decky").GetString());
    }

    [Fact]
    public async Task A_name_and_a_status_that_cannot_be_are_refused_together()
    {
        var refused = await lab.RunAsync("operations", "--decky", "Web_1", "--status", "gone");

        Assert.Equal(2, refused.Code);
        Assert.Contains("Web_1", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("'gone'", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("decnetd operations --help", refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => lab.Dispose();

    async Task AddAsync(string decky, string? error)
    {
        await using var store = await lab.OpenStoreAsync();
        var operation = Sample.Operation(decky) with { Id = Guid.NewGuid(), Status = OperationStatus.Pending };
        await store.CommitAsync([new StateChange.AddOperation(operation)], Sample.Now);
        await store.CommitAsync([new StateChange.AdvanceOperation(operation.Id, OperationStatus.Running)], Sample.Now);
        var end = error is null ? OperationStatus.Succeeded : OperationStatus.Failed;
        await store.CommitAsync([new StateChange.AdvanceOperation(operation.Id, end, error)], Sample.Now.AddSeconds(3));
    }
}
