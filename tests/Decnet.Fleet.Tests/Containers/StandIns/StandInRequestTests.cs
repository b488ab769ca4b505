namespace Decnet.Fleet.Tests.Containers.StandIns;

using System.Net;
using System.Text.Json;
using Decnet.Fleet.Model;
using Xunit;

public sealed class StandInRequestTests
{
    [Fact]
    public async Task A_web_server_shows_what_its_settings_say()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("http", settings:
        [
            ("server_header", SettingValue.Of("nginx/1.18.0 $(id) 'x' %s")), ("response_code", SettingValue.Of(418)), ("custom_body", SettingValue.Of("<p>\n100%\n`id` $HOME \\n ü</p>")),
            ("extra_headers", SettingValue.Of("""{"X-Powered-By":"PHP/8.1\r\nX-Bad: 1","bad name":"x"}""")),
        ]));
        using var http = new HttpClient();
        (await standIn.ConnectAsync(80)).Dispose();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{standIn.PortFor(80)}/a?b=c"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)418, answer.StatusCode);
        Assert.Equal("nginx/1.18.0 $(id) 'x' %s", Assert.Single(answer.Headers.NonValidated["Server"]));
        Assert.Equal("PHP/8.1  X-Bad: 1", Assert.Single(answer.Headers.NonValidated["X-Powered-By"]));
        Assert.False(answer.Headers.Contains("X-Bad"));
        Assert.NotNull(answer.Headers.Date);
        Assert.Equal("<p>\n100%\n`id` $HOME \\n ü</p>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("none", "debian", "linux", "Apache/2.4.57 (Debian)", "<h1>Forbidden</h1>")]
    [InlineData("none", "debian", "windows", "Microsoft-IIS/10.0", "<h1>Forbidden</h1>")]
    [InlineData("apache_default", "ubuntu22", "linux", "Apache/2.4.52 (Ubuntu)", "It works!")]
    [InlineData("nginx_default", "debian", "linux", "nginx/1.22.1", "Welcome to nginx!")]
    [InlineData("wordpress", "debian", "linux", "Apache/2.4.57 (Debian)", "WordPress 6.4.3")]
    [InlineData("phpmyadmin", "debian", "linux", "Apache/2.4.57 (Debian)", "<title>phpMyAdmin</title>")]
    [InlineData("iis_default", "debian", "linux", "Microsoft-IIS/10.0", "IIS Windows Server")]
    public async Task Applications_and_systems_have_their_server_and_page(string app, string distro, string family, string server, string text)
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("http", distro, family, ("fake_app", SettingValue.Of(app))));
        var heard = await standIn.TalkAsync(80, true, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\nDate: ", heard, StringComparison.Ordinal);
        Assert.Contains($"\r\nServer: {server}\r\n", heard, StringComparison.Ordinal);
        Assert.Contains(text, heard, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n\r\n<", await standIn.TalkAsync(80, true, "HEAD / HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", await standIn.TalkAsync(80, true, "nonsense\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker_api", 2375, "/v1.43/version", 200, "Version", "24.0.7")]
    [InlineData("docker_api", 2375, "/containers/json?all=1", 200, null, null)]
    [InlineData("docker_api", 2375, "/nothing", 404, "message", "page not found")]
    [InlineData("elasticsearch", 9200, "/", 200, "name", "srv-alpha")]
    [InlineData("elasticsearch", 9200, "/_cluster/health?pretty", 200, "status", "green")]
    [InlineData("elasticsearch", 9200, "/secrets", 404, "status", "404")]
    [InlineData("k8s", 6443, "/version", 200, "gitVersion", "v1.28.4")]
    [InlineData("k8s", 6443, "/api/v1/pods", 401, "reason", "Unauthorized")]
    public async Task Interfaces_answer_in_json(string slug, int port, string path, int status, string? property, string? value)
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script(slug));
        using var http = new HttpClient();
        (await standIn.ConnectAsync(port)).Dispose();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{standIn.PortFor(port)}{path}"), TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(value, property is null ? null : json.RootElement.GetProperty(property).ToString());
    }

    [Fact]
    public async Task A_request_with_content_gets_its_whole_answer()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("docker_api"));
        using var http = new HttpClient();
        (await standIn.ConnectAsync(2375)).Dispose();
        using var content = new StringContent(new string('x', 1000));
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{standIn.PortFor(2375)}/v1.43/containers/create"), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("No such image", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https", 443)]
    [InlineData("k8s", 6443)]
    public async Task Tls_is_refused_as_tls_does(string slug, int port)
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script(slug));
        Assert.Equal("\u0015\u0003\u0003\0\u0002\u0002\u0028", await standIn.TalkAsync(port, true, "\u0016\u0003\u0001\u0001\0\u0001\0\n"));
        Assert.StartsWith("HTTP/1.1 ", await standIn.TalkAsync(port, true, "GET /x HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sip_answers_with_the_headers_of_the_request()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("sip"));
        const string Headers = "Via: SIP/2.0/TCP 10.0.0.1;branch=z9%s\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\ncall-id: 77\r\nCSeq: 1 OPTIONS\r\n\r\n";
        var heard = await standIn.TalkAsync(5060, true, "OPTIONS sip:nm SIP/2.0\r\n" + Headers);
        Assert.StartsWith("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 10.0.0.1;branch=z9%s\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=as", heard, StringComparison.Ordinal);
        Assert.Contains("\r\ncall-id: 77\r\nCSeq: 1 OPTIONS\r\n", heard, StringComparison.Ordinal);
        Assert.Empty(await standIn.TalkAsync(5060, true, "OPTIONS sip:nm SIP/2.0\r\nVia: x\r\n\r\n"));
        Assert.StartsWith("SIP/2.0 401 Unauthorized\r\n", await standIn.TalkAsync(5060, true, "REGISTER sip:nm SIP/2.0\r\n" + Headers), StringComparison.Ordinal);
    }
}
