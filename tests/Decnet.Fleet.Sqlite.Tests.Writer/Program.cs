// A process of its own for tests of several processes on one store.
//   write PATH NAME COUNT        commits COUNT rows, each with an event that holds the time of its commit
//   engine PATH bundled|default  opens a store and prints the engine
//   unprivileged PATH            opens a store without the rights of root, and prints the kind of the error
//   reader PATH                  the same for reading alone; prints the number of the last event
//   hold PATH                    opens a store, says so, and keeps it open until its input ends
using System.Runtime.InteropServices;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.Sqlite.Tests.Writer;
using Decnet.Fleet.State;

switch (args)
{
    case ["write", var path, var name, var count]:
        await RowWriter.RunAsync(path, name, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["engine", var path, var engine]:
        AppContext.SetSwitch("Decnet.Fleet.Sqlite.UseBundledEngine", engine == "bundled");
        await using (var store = await SqliteStateStore.OpenAsync(path))
        {
            Console.WriteLine((await store.DescribeAsync()).Engine);
        }

        return 0;
    case ["hold", var path]:
        await using (await SqliteStateStore.OpenAsync(path))
        {
            Console.WriteLine("open");
            Console.ReadLine();
        }

        return 0;
    case ["unprivileged", var path]:
        return await OpenAsNobodyAsync(path, new SqliteStateStoreOptions());
    case ["reader", var path]:
        return await OpenAsNobodyAsync(path, new SqliteStateStoreOptions { ReadOnly = true });
    default:
        return 2;
}

static async Task<int> OpenAsNobodyAsync(string path, SqliteStateStoreOptions options)
{
    const uint Nobody = 65534;

    if (Environment.IsPrivilegedProcess)
    {
        // Opening one first loads every library while it can still be read.
        await (await SqliteStateStore.OpenAsync(path)).DisposeAsync();
        if (Native.SetEffectiveUser(Nobody) != 0)
        {
            return 3;
        }
    }

    try
    {
        await using var store = await SqliteStateStore.OpenAsync(path, options);
        Console.WriteLine(options.ReadOnly ? $"read {await store.GetLastSequenceAsync()}" : "opened");
    }
    catch (StateStoreException error)
    {
        Console.WriteLine(error.Error);
        Console.WriteLine(error.Message);
    }

    return 0;
}

static class Native
{
    [DllImport("libc", EntryPoint = "seteuid")]
    internal static extern int SetEffectiveUser(uint user);
}
