namespace Decnet.Fleet.Sqlite.Tests.Writer;

using System.Globalization;
using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>Commits rows one by one, each with an event.</summary>
static class RowWriter
{
    internal static async Task RunAsync(string path, string name, int count)
    {
        await using var store = await SqliteStateStore.OpenAsync(path);
        for (var i = 0; i < count; i++)
        {
            var now = DateTimeOffset.UtcNow;
            var result = await store.CommitAsync([Insert($"{name}-{i}", now)], now);
            if (!result.Applied[0])
            {
                throw new InvalidOperationException($"The row {name}-{i} was there before it was written.");
            }

            Console.WriteLine(result.FirstSequence.ToString(CultureInfo.InvariantCulture));
        }
    }

    static StateChange.InsertDecky Insert(string name, DateTimeOffset now) =>
        new(new DeckyRow
        {
            HostId = HostId.Local,
            Name = DeckyName.Parse(name),
            IPAddress = IPAddress.Loopback,
            Services = ["ssh"],
            ConfigJson = "{}",
            ConfigHash = "hash",
            State = DeckyState.Running,
            UpdatedAt = now,
        })
        {
            Events = [new EventDraft("test.row", "row", $$"""{"name":"{{name}}"}""")],
        };
}
