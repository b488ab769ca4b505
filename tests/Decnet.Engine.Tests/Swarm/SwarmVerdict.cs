namespace Decnet.Engine.Tests.Swarm;

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.Killing;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Judges what is left when all is quiet: rows, agents and engines agree, and each operation has ended once.</summary>
static class SwarmVerdict
{
    /// <summary>
    /// These deckies run where they belong and nothing runs besides; the master's rows, the hosts' rows and the containers say so
    /// alike, with the same addresses; and the neighbours of each host reach them there.
    /// </summary>
    /// <param name="lab">The lab.</param>
    /// <param name="wanted">Each decky and its host.</param>
    internal static async Task AgreeAsync(SwarmLab lab, params (string Decky, LabHost Host)[] wanted)
    {
        await SettleAsync(lab, wanted);
        var rows = (await lab.RowsAsync()).OrderBy(row => row.Name.Value, StringComparer.Ordinal).ToList();
        foreach (var host in lab.Network.All)
        {
            var own = rows.Where(row => Place(row) == host.Name).ToList();
            await ContainersAgreeAsync(host, own);
            // An address that another decky had before: whoever talked to that one remembers its hardware address for a while.
            host.Neighbour.Ip("neigh flush all");
            await Task.WhenAll(own.Select(row => AnswersAsync(host, row)));
        }

        foreach (var host in lab.Hosts)
        {
            await AgentAgreesAsync(lab, host, [.. rows.Where(row => Place(row) == host.Name)]);
        }

        await OperationsEndedAsync(lab);
    }

    /// <summary>Waits until the master's rows are as wanted and no operation is open, there or on a host.</summary>
    static async Task SettleAsync(SwarmLab lab, (string Decky, LabHost Host)[] wanted)
    {
        var expected = wanted.Select(place => $"{place.Decky} on {place.Host.Name}: Running").Order(StringComparer.Ordinal).ToList();
        List<string> actual = [];
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    actual = [.. (await lab.RowsAsync()).Select(row => $"{row.Name} on {Place(row)}: {row.State} {row.Reason}".TrimEnd()).Order(StringComparer.Ordinal)];
                    foreach (var host in lab.Network.All)
                    {
                        actual.AddRange((await OperationsAsync(host)).Where(operation => operation.IsOpen).Select(operation => $"open at {host.Name}: {Describe(operation)}"));
                    }

                    return actual.SequenceEqual(expected);
                },
                SwarmLab.Patience,
                SwarmLab.Pause);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"wanted:\n{string.Join('\n', expected)}\nfound:\n{string.Join('\n', actual)}\n{lab.Logs}");
        }
    }

    /// <summary>
    /// Waits until the master has no open operation on another host. Those that a killed command had not handed over end within a minute
    /// or two; its own ones are ended by the next command.
    /// </summary>
    internal static async Task NothingIsOpenAsync(SwarmLab lab)
    {
        List<Operation> open = [];
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    open = [.. (await OperationsAsync(lab.Master)).Where(operation => operation.IsOpen && operation.HostId != HostId.Local)];
                    return open.Count == 0;
                },
                SwarmLab.Patience,
                SwarmLab.Pause);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"still open: {string.Join(", ", open.Select(Describe))}\n{lab.Logs}");
        }
    }

    /// <summary>One running base and one running container a service for each row, with the address of the row, and none besides.</summary>
    static async Task ContainersAgreeAsync(LabHost host, IReadOnlyList<DeckyRow> rows)
    {
        IReadOnlyList<RealContainer> containers = await host.Containers.ContainersAsync();
        var bases = containers.Where(container => container.Joined is null).ToLookup(container => container.Id, container => container.Name);
        var wanted = rows.SelectMany(row => row.Services.Select(service => $"{row.Name}-{service.Replace('_', '-')} in {row.Name}: running")
            .Prepend($"{row.Name} at {row.IPAddress}: running"));
        Assert.Equal(
            wanted.Order(StringComparer.Ordinal),
            containers.Select(container => container.Joined is null
                ? $"{container.Name} at {container.Address}: {container.Status}"
                : $"{container.Name} in {bases[container.Joined].FirstOrDefault()}: {container.Status}").Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.True(host.Lan.Contains(row.IPAddress), $"{row.Name} has {row.IPAddress}, which is not of the LAN of {host.Name}"));
    }

    /// <summary>Rows and fleet file of a host are what the master says of it.</summary>
    static async Task AgentAgreesAsync(SwarmLab lab, LabHost host, IReadOnlyList<DeckyRow> rows)
    {
        await using var store = await SwarmLab.OpenStoreAsync(host);
        Assert.Equal(
            rows.Select(Shape), (await store.ListDeckiesAsync()).OrderBy(row => row.Name.Value, StringComparer.Ordinal).Select(Shape));
        var desired = await new FleetFile(new StateFolder(host.StateFolder).FleetFile).LoadAsync();
        IEnumerable<Decky> deckies = desired is DesiredState.Known known ? known.Fleet.Deckies.OrderBy(decky => decky.Name.Value, StringComparer.Ordinal) : [];
        Assert.Equal(
            rows.Select(row => $"{row.Name} {row.IPAddress} {string.Join(',', row.Services)}"),
            deckies.Select(decky => $"{decky.Name} {decky.IPAddress} {string.Join(',', decky.Services)}"));
    }

    /// <summary>Each operation has its events in order and one end, the one that the store says; and host and master say the same.</summary>
    internal static async Task OperationsEndedAsync(SwarmLab lab)
    {
        var own = (await EndedOnceAsync(lab.Master)).ToDictionary(operation => operation.Id);
        foreach (var host in lab.Hosts)
        {
            foreach (var operation in await EndedOnceAsync(host))
            {
                if (own.TryGetValue(operation.Id, out var known))
                {
                    Assert.True(
                        known.Status == operation.Status && known.Kind == operation.Kind && known.DeckyName == operation.DeckyName,
                        $"the master says: {Describe(known)}, and {host.Name}: {Describe(operation)}\n{lab.Logs}");
                }
            }
        }
    }

    static async Task<IReadOnlyList<Operation>> EndedOnceAsync(LabHost host)
    {
        if (!File.Exists(new StateFolder(host.StateFolder).Database))
        {
            return [];
        }

        await using var store = await SwarmLab.OpenStoreAsync(host);
        var history = await EventHistory.ReadAsync(store);
        var operations = await store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue });
        foreach (var operation in operations)
        {
            string[] told = [.. history.StatusesOf(operation.Id)];
            var ends = told.Where(status => status is "succeeded" or "failed").ToList();
            Assert.True(
                ends.Count == 1 && told[^1] == ends[0] && ends[0] == operation.Status.ToString().ToLowerInvariant(),
                $"at {host.Name}: {Describe(operation)}, and its events are: {string.Join(' ', told)}");
        }

        return operations;
    }

    static async Task<IReadOnlyList<Operation>> OperationsAsync(LabHost host)
    {
        if (!File.Exists(new StateFolder(host.StateFolder).Database))
        {
            return [];
        }

        await using var store = await SwarmLab.OpenStoreAsync(host);
        return await store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue });
    }

    /// <summary>A decky with <c>ssh</c> says what ssh says, to another machine of its LAN.</summary>
    static async Task AnswersAsync(LabHost host, DeckyRow row)
    {
        if (!row.Services.Contains("ssh"))
        {
            return;
        }

        var failure = "";
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                    using var client = host.Neighbour.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                    try
                    {
                        await client.ConnectAsync(new IPEndPoint(row.IPAddress, 22), limit.Token);
                        return true;
                    }
                    catch (Exception error) when (error is SocketException or OperationCanceledException)
                    {
                        failure = error.Message;
                        return false;
                    }
                },
                TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{row.Name} on {host.Name} does not answer on {row.IPAddress}: {failure}");
        }
    }

    static string Place(DeckyRow row) => row.HostId == HostId.Local ? "master" : row.HostId.Value;

    static string Shape(DeckyRow row) => $"{row.Name} {row.IPAddress} {row.State} {string.Join(',', row.Services)}";

    static string Describe(Operation operation) => string.Create(
        CultureInfo.InvariantCulture, $"{operation.Kind} of {operation.DeckyName} on {operation.HostId} is {operation.Status} ({operation.Error}; {operation.Id}, made {operation.CreatedAt:T})");
}
