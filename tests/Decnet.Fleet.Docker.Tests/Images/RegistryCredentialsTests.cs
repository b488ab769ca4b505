namespace Decnet.Fleet.Docker.Tests.Images;

using System.Text;
using System.Text.Json.Nodes;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;

[Collection(ProcessStartingTests.Name)]
public sealed class RegistryCredentialsTests : IDisposable
{
    readonly CredentialFolder _folder = new();

    [Fact]
    public async Task User_and_password_become_the_header()
    {
        _folder.WriteConfig($$$"""{"auths": {"registry.lan:5000": {"auth": "{{{Base64("me:pass:wörd?>~")}}}"} } }""");

        JsonNode header = CredentialFolder.Decode(await _folder.FindAsync("registry.lan:5000"));

        Assert.Equal("""{"username":"me","password":"pass:wörd?>~","serveraddress":"registry.lan:5000"}""", Plain(header));
    }

    [Theory]
    [InlineData("https://index.docker.io/v1/")]
    [InlineData("index.docker.io")]
    [InlineData("docker.io")]
    public async Task Hub_is_known_by_all_its_names(string key)
    {
        _folder.WriteConfig($$$"""{"auths": {"{{{key}}}": {"auth": "{{{Base64("me:secret")}}}"} } }""");

        JsonNode header = CredentialFolder.Decode(await _folder.FindAsync("docker.io"));

        Assert.Equal("""{"username":"me","password":"secret","serveraddress":"https://index.docker.io/v1/"}""", Plain(header));
    }

    [Fact]
    public async Task Whole_addresses_of_old_logins_are_understood_and_exact_ones_come_first()
    {
        _folder.WriteConfig($$$"""
            {"auths": {
              "https://registry.lan/v1/": {"auth": "{{{Base64("old:secret")}}}"},
              "registry.lan": {"auth": "{{{Base64("new:secret")}}}"},
              "https://Other.lan": {"auth": "{{{Base64("other:secret")}}}"} } }
            """);

        Assert.Equal("new", (await _folder.FindAsync("registry.lan"))!.Username);
        Assert.Equal("other", (await _folder.FindAsync("other.lan"))!.Username);
        Assert.Null(await _folder.FindAsync("registry.lan:5000"));
    }

    [Fact]
    public async Task Identity_token_takes_the_place_of_the_password()
    {
        _folder.WriteConfig($$$"""{"auths": {"registry.lan": {"auth": "{{{Base64("me:secret")}}}", "identitytoken": "token"} } }""");

        JsonNode header = CredentialFolder.Decode(await _folder.FindAsync("registry.lan"));

        Assert.Equal("""{"username":"me","identitytoken":"token","serveraddress":"registry.lan"}""", Plain(header));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"auths": {}}""")]
    [InlineData("""{"auths": {"registry.lan": {}}}""")]
    [InlineData("""{"auths": {"registry.lan": null}}""")]
    public async Task Registry_without_a_login_has_none(string config)
    {
        _folder.WriteConfig(config);

        Assert.Null(await _folder.FindAsync("registry.lan"));
    }

    [Fact]
    public async Task Missing_configuration_means_no_login()
    {
        Assert.Null(await _folder.FindAsync("registry.lan"));
        Assert.Null(await new RegistryCredentials(null, _folder.Helper()).FindAsync("registry.lan", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("hunter2hunter2")]
    [InlineData("aHVudGVyMg==")]
    [InlineData("OmF=")]
    public async Task Broken_login_is_named_without_its_secret(string auth)
    {
        _folder.WriteConfig($$$"""{"auths": {"registry.lan": {"auth": "{{{auth}}}"} } }""");

        RuntimeException exception = await Assert.ThrowsAsync<RuntimeException>(() => _folder.FindAsync("registry.lan"));

        Assert.Equal(RuntimeError.Invalid, exception.Error);
        Assert.Contains($"'{_folder.Config}' is broken: 'auth' of 'registry.lan'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(auth, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_configuration_is_named()
    {
        _folder.WriteConfig("""{"auths": {"registry.lan": "hunter2" """);

        RuntimeException exception = await Assert.ThrowsAsync<RuntimeException>(() => _folder.FindAsync("registry.lan"));

        Assert.Equal(RuntimeError.Invalid, exception.Error);
        Assert.Contains($"'{_folder.Config}' is not valid", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helper_of_the_registry_comes_before_the_store_and_the_store_before_the_file()
    {
        _folder.WriteHelper("own", """echo '{"Username": "own", "Secret": "s"}'""");
        _folder.WriteHelper("store", """echo '{"Username": "store", "Secret": "s"}'""");
        _folder.WriteConfig($$$"""
            {"credsStore": "store", "credHelpers": {"own.lan": "own", "file.lan": ""},
             "auths": {"own.lan": {"auth": "{{{Base64("file:s")}}}"}, "other.lan": {"auth": "{{{Base64("file:s")}}}"}, "file.lan": {"auth": "{{{Base64("file:s")}}}"} } }
            """);

        Assert.Equal("own", (await _folder.FindAsync("own.lan"))!.Username);
        Assert.Equal("store", (await _folder.FindAsync("other.lan"))!.Username);
        Assert.Equal("file", (await _folder.FindAsync("file.lan"))!.Username);
    }

    [Fact]
    public async Task Text_of_credentials_does_not_show_them()
    {
        _folder.WriteConfig($$$"""{"auths": {"registry.lan": {"auth": "{{{Base64("me:hunter2")}}}"} } }""");

        Assert.Equal("credentials of registry.lan", (await _folder.FindAsync("registry.lan"))!.ToString());
    }

    public void Dispose() => _folder.Dispose();

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    static string Plain(JsonNode node) =>
        node.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
