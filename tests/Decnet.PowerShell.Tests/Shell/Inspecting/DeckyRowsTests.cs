namespace Decnet.PowerShell.Tests.Shell.Inspecting;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Inspecting;
using Decnet.Testing;
using Xunit;

public sealed class DeckyRowsTests
{
    [Fact]
    public async Task Rows_of_all_hosts_are_listed_with_the_orders_for_each()
    {
        await using var lab = new ShellLab();
        await lab.CommitAsync(
            new StateChange.InsertDecky(Row("local", "a")),
            new StateChange.InsertDecky(Row("local", "b")),
            new StateChange.InsertDecky(Row("edge", "a")),
            new StateChange.Suspend(Order("local", "b")),
            new StateChange.Suspend(Order("edge", null)));

        var rows = await DeckyRows.ListAsync(lab.Session, CancellationToken.None);

        Assert.Equal(
            [("edge", "a", true), ("local", "a", false), ("local", "b", true)],
            rows.Select(row => (row.HostId, row.Name, row.Suspended)));
    }

    static DeckyRow Row(string host, string name) => new()
    {
        HostId = HostId.Parse(host),
        Name = DeckyName.Parse(name),
        IPAddress = IPAddress.Parse("198.18.0.9"),
        Services = ["ssh"],
        ConfigJson = "{}",
        ConfigHash = new string('0', 64),
        State = DeckyState.Running,
        UpdatedAt = Sample.Now,
        Revision = 1,
    };

    static Suspension Order(string host, string? name) =>
        new() { HostId = HostId.Parse(host), DeckyName = name is null ? null : DeckyName.Parse(name), By = "tester", At = Sample.Now };
}
