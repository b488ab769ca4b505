namespace Decnet.Fleet.Docker.Tests.Images;

using System.Diagnostics;
using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;
using Decnet.Testing;

[Collection(ProcessStartingTests.Name)]
public sealed class CredentialHelperTests : IDisposable
{
    readonly CredentialFolder _folder = new();

    [Fact]
    public async Task Helper_gets_the_verb_and_the_address()
    {
        _folder.WriteHelper("x", $$"""
            printf '%s ' "$@" > {{_folder.File("seen")}}; cat >> {{_folder.File("seen")}}
            echo '{"ServerURL": "u", "Username": "me", "Secret": "hunter2"}'
            """);

        RegistryAuth? auth = await GetAsync("https://index.docker.io/v1/");

        Assert.Equal("get https://index.docker.io/v1/", await File.ReadAllTextAsync(_folder.File("seen"), TestContext.Current.CancellationToken));
        Assert.Equal("""{"username":"me","password":"hunter2","serveraddress":"https://index.docker.io/v1/"}""", CredentialFolder.Decode(auth).ToJsonString());
    }

    [Fact]
    public async Task Secret_of_the_user_token_is_an_identity_token()
    {
        _folder.WriteHelper("x", """cat > /dev/null; echo '{"Username": "<token>", "Secret": "hunter2"}'""");

        Assert.Equal("""{"identitytoken":"hunter2","serveraddress":"registry.lan"}""", CredentialFolder.Decode(await GetAsync()).ToJsonString());
    }

    [Theory]
    [InlineData("cat > /dev/null; echo 'credentials not found in native keychain'; exit 1")]
    [InlineData("echo 'credentials not found in native keychain' >&2; exit 1")]
    [InlineData("""echo '{"Username": "", "Secret": ""}'""")]
    public async Task Helper_without_credentials_gives_none(string script)
    {
        _folder.WriteHelper("x", script);

        Assert.Null(await GetAsync());
    }

    [Theory]
    [InlineData("echo 'the store is locked' >&2; exit 3", "ended with code 3: the store is locked")]
    [InlineData("echo 'the store is locked'; exit 1", "ended with code 1: the store is locked")]
    [InlineData("exit 1", "ended with code 1: it gave no reason.")]
    [InlineData("""echo '{"Secret": "hunter2"}'; exit 1""", "ended with code 1: it gave no reason.")]
    public async Task Failing_helper_is_named_with_its_own_words(string script, string expected)
    {
        _folder.WriteHelper("x", script);

        RuntimeException exception = await FailAsync();

        Assert.Equal(RuntimeError.Forbidden, exception.Error);
        Assert.Equal($"The credential helper docker-credential-x, asked for registry.lan, {expected}", exception.Message);
    }

    [Theory]
    [InlineData("echo hunter2")]
    [InlineData("""echo '{"Username": "me", "Secret": "hunter2"'""")]
    [InlineData("""echo '["hunter2"]'""")]
    [InlineData("true")]
    public async Task Answer_that_is_none_is_named_without_being_shown(string script)
    {
        _folder.WriteHelper("x", script);

        RuntimeException exception = await FailAsync();

        Assert.Equal(RuntimeError.Invalid, exception.Error);
        Assert.Contains("did not answer with credentials in JSON", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_answer_is_cut_off()
    {
        _folder.WriteHelper("x", "exec yes");

        RuntimeException exception = await Assert.ThrowsAsync<RuntimeException>(
            () => _folder.Helper(new FakeTimeProvider()).GetAsync("x", "registry.lan", TestContext.Current.CancellationToken));

        Assert.Contains("answered more than 256 KiB", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo $$ > {0}; exec sleep 300")]
    [InlineData("sleep 300 & echo $! > {0}; wait")]
    public async Task Helper_that_takes_too_long_is_killed_with_its_children(string script)
    {
        FakeTimeProvider time = new();
        string pidFile = _folder.File("pid");
        _folder.WriteHelper("x", string.Format(CultureInfo.InvariantCulture, script, pidFile));

        Task<RegistryAuth?> asking = _folder.Helper(time).GetAsync("x", "registry.lan", TestContext.Current.CancellationToken);
        int pid = await PidAsync(pidFile);
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(30));
        RuntimeException exception = await Assert.ThrowsAsync<RuntimeException>(() => asking);

        Assert.Equal(RuntimeError.Timeout, exception.Error);
        Assert.Contains("no answer within 30 seconds", exception.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(!IsRunning(pid)));
    }

    [Fact]
    public async Task Cancelling_kills_the_helper()
    {
        string pidFile = _folder.File("pid");
        _folder.WriteHelper("x", $"echo $$ > {pidFile}; exec sleep 300");
        using CancellationTokenSource cancel = new();

        Task<RegistryAuth?> asking = _folder.Helper().GetAsync("x", "registry.lan", cancel.Token);
        int pid = await PidAsync(pidFile);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Eventually.TrueAsync(() => Task.FromResult(!IsRunning(pid)));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("../x")]
    public async Task Helper_that_is_not_there_is_named(string name)
    {
        RuntimeException exception = await Assert.ThrowsAsync<RuntimeException>(
            () => _folder.Helper().GetAsync(name, "registry.lan", TestContext.Current.CancellationToken));

        Assert.Equal(RuntimeError.Invalid, exception.Error);
        Assert.Contains($"docker-credential-{name}, asked for registry.lan, is not in PATH", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helper_that_cannot_be_started_is_named()
    {
        await File.WriteAllTextAsync(_folder.File("docker-credential-x"), "not a program", TestContext.Current.CancellationToken);

        Assert.Contains("cannot be started", (await FailAsync()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    Task<RegistryAuth?> GetAsync(string serverAddress = "registry.lan") =>
        _folder.Helper().GetAsync("x", serverAddress, TestContext.Current.CancellationToken);

    Task<RuntimeException> FailAsync() => Assert.ThrowsAsync<RuntimeException>(() => GetAsync());

    static async Task<int> PidAsync(string file)
    {
        int pid = 0;
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(file) && int.TryParse(File.ReadAllText(file), out pid)));
        return pid;
    }

    // A process that ended but was not yet reaped counts as gone.
    static bool IsRunning(int pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
}
