namespace Decnet.Shell.Support;

using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;

/// <summary>Writes what somebody needs who is to find out what is wrong: one zip file, with secrets hidden.</summary>
public static class SupportBundle
{
    const int Operations = 1000;
    const int Events = 5000;
    const int PageSize = 1000;

    /// <summary>The path of a bundle.</summary>
    /// <param name="session">What it tells of.</param>
    /// <param name="path">A folder, in which it is called <c>decnet-support-HOST-TIME.zip</c>, or the path of the file.</param>
    /// <returns>The path of the file.</returns>
    public static string PathOf(DecnetSession session, string path)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Directory.Exists(path)
            ? Path.Combine(path, $"decnet-support-{session.HostId}-{session.Clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.zip")
            : path;
    }

    /// <summary>Writes a bundle. It gets its name when it is complete; its mode is 0640, less the umask.</summary>
    /// <param name="session">What it tells of. Nothing of it is changed.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="cancellationToken">Gives it up; nothing is left of it.</param>
    /// <returns>A task that ends when it is written.</returns>
    /// <exception cref="FaultException">The file is there.</exception>
    /// <exception cref="FleetFileException">The file cannot be written.</exception>
    public static async Task WriteAsync(DecnetSession session, string path, bool overwrite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        Refuse(path, overwrite);
        var writer = await GatherAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(() => DurableFile.Write(path, overwrite, writer.Write), cancellationToken).ConfigureAwait(false);
        }
        catch (FleetFileException)
        {
            Refuse(path, overwrite);
            throw;
        }
    }

    static void Refuse(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
        {
            throw new FaultException(new Fault(
                "SupportBundleExists", FaultCategory.ResourceExists, $"'{path}' is there already, and was left as it is. Choose another path, or use -Force.", path));
        }
    }

    static async Task<BundleWriter> GatherAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        var secrets = new KnownSecrets();
        var writer = new BundleWriter(secrets);
        await writer.AddAsync("context.json", async () => Context(await session.DescribeAsync().ConfigureAwait(false))).ConfigureAwait(false);
        await writer.AddAsync("files.json", () => Task.FromResult<JsonNode>(FolderListing.Of(session.Options.Folder))).ConfigureAwait(false);
        LocalFleet? opened = null;
        await writer.AddAsync("store.json", async () =>
        {
            opened = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
            return await StoreAsync(opened, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        var file = new FleetFile(session.Options.Folder.FleetFile, clock: session.Clock);
        var catalog = FleetCatalog.BuiltIn;
        await writer.AddAsync("fleet.json", async () =>
        {
            foreach (var version in await file.ListVersionsAsync(cancellationToken).ConfigureAwait(false))
            {
                Learn(version.State, secrets);
            }

            var state = await file.LoadAsync(cancellationToken).ConfigureAwait(false);
            catalog = state is DesiredState.Known { Fleet: var fleet } ? KnownSecrets.CatalogOf(fleet) : catalog;
            Learn(state, secrets);
            return BundleParts.Desired(state);
        }).ConfigureAwait(false);
        if (opened is not null)
        {
            await AddRecordsAsync(writer, opened, catalog, secrets, cancellationToken).ConfigureAwait(false);
            await AddContainersAsync(writer, opened, cancellationToken).ConfigureAwait(false);
        }

        string[] names = [.. writer.Names];
        await writer.AddAsync("manifest.json", () => Task.FromResult(Manifest(names, session.Clock.GetUtcNow()))).ConfigureAwait(false);
        return writer;
    }

    static async Task AddRecordsAsync(BundleWriter writer, LocalFleet fleet, FleetCatalog catalog, KnownSecrets secrets, CancellationToken cancellationToken)
    {
        var now = fleet.Clock.GetUtcNow();
        await writer.AddAsync("rows.json", async () =>
        {
            var rows = await fleet.Store.ListDeckiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                Learn(row, catalog, secrets);
            }

            return BundleParts.List(rows, row => BundleParts.Row(row, catalog));
        }).ConfigureAwait(false);
        await writer.AddAsync("operations.json", async () => BundleParts.List(
            await fleet.Store.ListOperationsAsync(new OperationQuery { Limit = Operations }, cancellationToken).ConfigureAwait(false),
            BundleParts.Operation)).ConfigureAwait(false);
        await writer.AddAsync("workers.json", async () => BundleParts.List(
            await fleet.Store.ListWorkersAsync(cancellationToken).ConfigureAwait(false), worker => BundleParts.Worker(worker, now))).ConfigureAwait(false);
        await writer.AddAsync("hosts.json", async () => BundleParts.List(
            await fleet.Store.ListHostsAsync(cancellationToken).ConfigureAwait(false), host => BundleParts.Host(host, now))).ConfigureAwait(false);
        await writer.AddAsync("suspensions.json", async () => BundleParts.List(
            (await fleet.Store.ReadAsync(fleet.HostId, cancellationToken).ConfigureAwait(false)).Suspensions, BundleParts.Suspension)).ConfigureAwait(false);
        await writer.AddAsync("events.json", async () => await EventsAsync(fleet, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    static async Task AddContainersAsync(BundleWriter writer, LocalFleet fleet, CancellationToken cancellationToken)
    {
        await writer.AddAsync("containers.json", async () => await fleet.Runtime.ObserveAsync(cancellationToken).ConfigureAwait(false) switch
        {
            ObservedState.Known known => new JsonObject { ["reachable"] = true, ["containers"] = BundleParts.List(known.Containers, BundleParts.Container) },
            ObservedState.Unreachable away => new JsonObject { ["reachable"] = false, ["reason"] = away.Reason },
            _ => throw new InvalidOperationException("There is no other state."),
        }).ConfigureAwait(false);
        await writer.AddAsync("status.json", async () =>
            BundleParts.Status(await fleet.Service.StatusAsync(cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        await writer.AddAsync("plan.json", async () => BundleParts.Plan(
            await fleet.Reconciler.PlanAsync(new ReconcileOptions { Repair = RepairMode.Recreate }, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
    }

    static async Task<JsonNode> EventsAsync(LocalFleet fleet, CancellationToken cancellationToken)
    {
        var events = new JsonArray();
        var end = await fleet.Events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        for (var position = Math.Max(0, end - Events); position < end;)
        {
            var page = await fleet.Events.ReadAsync(position, limit: PageSize, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var happened in page.Events)
            {
                events.Add(BundleParts.Event(happened));
            }

            if (page.Next <= position)
            {
                break;
            }

            position = page.Next;
        }

        return events;
    }

    static void Learn(DesiredState state, KnownSecrets secrets)
    {
        if (state is DesiredState.Known { Fleet: var fleet })
        {
            secrets.Learn(fleet);
        }
    }

    static void Learn(DeckyRow row, FleetCatalog catalog, KnownSecrets secrets)
    {
        try
        {
            secrets.Learn(FleetJson.ReadDecky(row.ConfigJson), catalog);
        }
        catch (JsonException)
        {
            // Its configuration is left out.
        }
    }

    static async Task<JsonNode> StoreAsync(LocalFleet fleet, CancellationToken cancellationToken)
    {
        if (!fleet.HasStore)
        {
            return new JsonObject { ["exists"] = false };
        }

        var store = await fleet.Store.DescribeAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["exists"] = true, ["kind"] = store.Kind, ["engine"] = store.Engine, ["location"] = store.Location, ["schema_version"] = store.SchemaVersion };
    }

    static JsonNode Context(Output.DecnetContext context) => new JsonObject
    {
        ["state_directory"] = context.StateDirectory,
        ["host"] = context.HostId,
        ["runtime"] = context.Runtime,
        ["endpoint"] = context.Endpoint,
        ["connected"] = context.Connected,
    };

    static JsonNode Manifest(IReadOnlyList<string> names, DateTimeOffset now) => new JsonObject
    {
        ["format"] = "decnet.support/1",
        ["made_at"] = BundleParts.Time(now),
        ["decnet"] = typeof(SupportBundle).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["os"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["runtime_identifier"] = RuntimeInformation.RuntimeIdentifier,
        ["parts"] = BundleParts.Texts(names),
        ["hidden"] = $"Secret settings, settings that the catalog does not know, and their values wherever they turn up, are {KnownSecrets.Hidden}. Hashes of configurations are left out.",
    };
}
