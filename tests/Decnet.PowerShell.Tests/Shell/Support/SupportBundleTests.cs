namespace Decnet.PowerShell.Tests.Shell.Support;

using System.IO.Compression;
using System.Text.Json.Nodes;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Support;
using Decnet.Testing;
using Xunit;

public sealed class SupportBundleTests : IAsyncLifetime
{
    const string Secret = "hunter2\"\\ünïcode";

    readonly ShellLab lab = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task A_secret_is_nowhere_in_the_bundle_wherever_it_was()
    {
        await lab.DeployAsync(WithPassword(Sample.Decky("web", "198.18.0.10"), Secret));
        await PlantAsync(Secret);
        (await lab.RuntimeAsync()).Unreachable($"the proxy refused the password {Secret} for us");

        var bundle = await WriteAsync();

        Assert.Equal(
            ["containers.json", "context.json", "events.json", "files.json", "fleet.json", "hosts.json", "manifest.json", "operations.json", "plan.json", "rows.json", "status.json", "store.json", "suspensions.json", "workers.json"],
            bundle.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, text) in bundle)
        {
            Assert.False(text.Contains("hunter2", StringComparison.Ordinal), $"{name} holds the secret.");
        }

        Assert.Contains("failed with [redacted] in", (string?)Json(bundle, "operations.json")[0]!["error"], StringComparison.Ordinal);
        Assert.Equal("[redacted]", (string?)Json(bundle, "fleet.json")["fleet"]!["deckies"]![0]!["service_config"]!["ssh"]!["password"]);
        Assert.Equal("[redacted]", (string?)Json(bundle, "rows.json")[0]!["config"]!["service_config"]!["ssh"]!["password"]);
        Assert.Contains(Json(bundle, "events.json").AsArray(), happened => (string?)happened!["payload"]!["said"] == "it was [redacted]");
        Assert.Equal("the proxy refused the password [redacted] for us", (string?)Json(bundle, "containers.json")["reason"]);
    }

    [Fact]
    public async Task Settings_that_are_no_secrets_are_kept_and_those_that_nobody_knows_are_hidden()
    {
        var decky = WithPassword(Sample.Decky("web", "198.18.0.10"), "abc");
        var settings = decky.ServiceConfig["ssh"].With("user", SettingValue.Of("operator"));
        decky = decky with
        {
            ServiceConfig = new ValueMap<ValueMap<SettingValue>>([
                KeyValuePair.Create("ssh", settings),
                KeyValuePair.Create("unheard_of", new ValueMap<SettingValue>([KeyValuePair.Create("anything", SettingValue.Of("confidential"))]))]),
        };

        var hidden = KnownSecrets.Hide(decky, Decnet.Fleet.Catalog.FleetCatalog.BuiltIn).ServiceConfig;

        Assert.Equal(("[redacted]", "operator"), (hidden["ssh"]["password"].ToString(), hidden["ssh"]["user"].ToString()));
        Assert.Equal("[redacted]", hidden["unheard_of"]["anything"].ToString());
        var secrets = new KnownSecrets();
        secrets.Learn(decky, Decnet.Fleet.Catalog.FleetCatalog.BuiltIn);
        Assert.Equal("[redacted] at abc", secrets.Hide("confidential at abc"));
    }

    [Fact]
    public async Task Services_that_a_fleet_brings_itself_hide_their_secrets_environment_and_command()
    {
        var service = new ServiceDefinition
        {
            Slug = "vault",
            DisplayName = "Vault",
            Image = "example/vault:1",
            Command = ["serve", "--token", "command-secret"],
            Environment = new ValueMap<string>([KeyValuePair.Create("API_TOKEN", "environment-secret"), KeyValuePair.Create("MODE", "debug")]),
            ConfigFields =
            [
                new ConfigField { Key = "pin", Type = ConfigFieldType.Password, Secret = true, Default = SettingValue.Of("default-secret") },
                new ConfigField { Key = "title", Type = ConfigFieldType.String },
            ],
        };
        var decky = Sample.Decky("web", "198.18.0.10", "vault") with
        {
            ServiceConfig = new ValueMap<ValueMap<SettingValue>>([KeyValuePair.Create("vault", new ValueMap<SettingValue>([
                KeyValuePair.Create("pin", SettingValue.Of("chosen-secret")), KeyValuePair.Create("title", SettingValue.Of("A vault"))]))]),
        };
        await (await lab.OpenAsync()).File.SaveAsync(Sample.Fleet(decky) with { Catalog = new CatalogOverlay { Services = [service] } });
        await PlantAsync("environment-secret");

        var bundle = await WriteAsync();

        Assert.All(bundle.Values, text => Assert.DoesNotMatch("(command|environment|default|chosen)-secret", text));
        Assert.Equal("A vault", (string?)Json(bundle, "fleet.json")["fleet"]!["deckies"]![0]!["service_config"]!["vault"]!["title"]);
        Assert.DoesNotContain("debug", bundle["fleet.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_versions_containers_plan_and_files_and_no_hash()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        (await lab.RuntimeAsync()).Crash("decky-01-ssh", 137);
        var fleet = (DesiredState.Known)await (await lab.OpenAsync()).File.LoadAsync();
        var row = (await (await lab.OpenAsync()).Store.ListDeckiesAsync())[0];

        var bundle = await WriteAsync();

        Assert.StartsWith("SQLite", (string?)Json(bundle, "store.json")["engine"], StringComparison.Ordinal);
        Assert.Contains("store.json", Json(bundle, "manifest.json")["parts"]!.AsArray().Select(part => (string?)part));
        var dead = Json(bundle, "containers.json")["containers"]!.AsArray().Single(container => (string?)container!["name"] == "decky-01-ssh")!;
        Assert.Equal(("exited", 137), ((string?)dead["state"], (int?)dead["exit_code"]));
        Assert.Contains(Json(bundle, "plan.json")["steps"]!.AsArray(), step => (string?)step!["action"] == "start_container");
        Assert.Contains(Json(bundle, "files.json")["entries"]!.AsArray(), entry => (string?)entry!["path"] == "db/decnet.db" && (long?)entry["bytes"] > 0);
        Assert.All(bundle.Values, text => Assert.DoesNotContain(row.ConfigHash, text, StringComparison.Ordinal));
        Assert.All(bundle.Values, text => Assert.DoesNotContain(fleet.Checksum, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_had_is_told_and_the_rest_is_there()
    {
        Directory.CreateDirectory(Path.Combine(lab.StateDirectory, "db"));
        await File.WriteAllTextAsync(Path.Combine(lab.StateDirectory, "db", "decnet.db"), new string('x', 8192));
        await File.WriteAllTextAsync(Path.Combine(lab.StateDirectory, "decnet-state.json"), "{ broken");

        var bundle = await WriteAsync();

        Assert.StartsWith("store.json: ", bundle["errors.txt"], StringComparison.Ordinal);
        Assert.Equal("corrupt", (string?)Json(bundle, "fleet.json")["state"]);
        Assert.Contains("manifest.json", bundle.Keys);
    }

    [Fact]
    public async Task Nothing_is_made_but_the_file_and_one_that_is_there_is_left_alone_unless_forced()
    {
        await WriteAsync();
        Assert.False(Directory.Exists(lab.StateDirectory));

        var before = await File.ReadAllBytesAsync(lab.File("bundle.zip"));
        var error = await Assert.ThrowsAsync<FaultException>(() => SupportBundle.WriteAsync(lab.Session, lab.File("bundle.zip"), overwrite: false, default));
        Assert.Equal(("SupportBundleExists", FaultCategory.ResourceExists), (error.Fault.Id, error.Fault.Category));
        Assert.Equal(before, await File.ReadAllBytesAsync(lab.File("bundle.zip")));
        await SupportBundle.WriteAsync(lab.Session, lab.File("bundle.zip"), overwrite: true, default);
        Assert.Equal(["bundle.zip"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(lab.File("bundle.zip"))!).Select(Path.GetFileName));
    }

    [Fact]
    public void Lines_of_a_longer_secret_are_hidden_one_by_one_too()
    {
        var secrets = new KnownSecrets();
        secrets.Learn(
            WithPassword(Sample.Decky("web", "198.18.0.10"), "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nend"),
            Decnet.Fleet.Catalog.FleetCatalog.BuiltIn);

        Assert.Equal("cannot parse '[redacted]' at the end", secrets.Hide("cannot parse 'MIIEvQIBADANBgkqhkiG' at the end"));
    }

    [Fact]
    public void Hidden_json_stays_json_and_numbers_go_only_as_a_whole()
    {
        var secrets = new KnownSecrets();
        secrets.Learn(WithPassword(Sample.Decky("web", "198.18.0.10"), "1234"), Decnet.Fleet.Catalog.FleetCatalog.BuiltIn);

        var hidden = secrets.Hide(JsonNode.Parse("""{"a":1234,"b":12345,"c":"x1234y","d":[true,null,"1234"]}"""))!;

        Assert.Equal("""{"a":"[redacted]","b":12345,"c":"x[redacted]y","d":[true,null,"[redacted]"]}""", hidden.ToJsonString());
    }

    static Decky WithPassword(Decky decky, string password) => decky with
    {
        ServiceConfig = new ValueMap<ValueMap<SettingValue>>([
            KeyValuePair.Create("ssh", new ValueMap<SettingValue>([KeyValuePair.Create("password", SettingValue.Of(password))]))]),
    };

    static JsonNode Json(Dictionary<string, string> bundle, string name) => JsonNode.Parse(bundle[name])!;

    /// <summary>Lets the error of an operation, an event and an order tell a text.</summary>
    async Task PlantAsync(string text)
    {
        var fleet = await lab.OpenAsync();
        var operation = Sample.Operation("web") with { Deadline = DateTimeOffset.MaxValue };
        var said = new EventDraft("test.said", "test", new JsonObject { ["said"] = $"it was {text}" }.ToJsonString());
        await fleet.Store.CommitAsync(
            [
                new StateChange.AddOperation(operation with { Status = OperationStatus.Pending }),
                new StateChange.AdvanceOperation(operation.Id, OperationStatus.Failed, $"failed with {text} in it"),
                new StateChange.Announce { Events = [said] },
                new StateChange.Suspend(new Suspension { HostId = HostId.Local, By = "me", At = Sample.Now, Reason = $"because of {text}" }),
            ],
            fleet.Clock.GetUtcNow());
    }

    async Task<Dictionary<string, string>> WriteAsync()
    {
        await SupportBundle.WriteAsync(lab.Session, lab.File("bundle.zip"), overwrite: false, default);
        using var archive = ZipFile.OpenRead(lab.File("bundle.zip"));
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            texts[entry.FullName] = await reader.ReadToEndAsync();
        }

        return texts;
    }
}
