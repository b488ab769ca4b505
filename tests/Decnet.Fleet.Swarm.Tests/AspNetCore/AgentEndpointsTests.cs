namespace Decnet.Fleet.Swarm.Tests.AspNetCore;

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Tests.AspNetCore.Support;
using Xunit;

public sealed class AgentEndpointsTests : IAsyncLifetime
{
    SwarmLab lab = null!;
    HttpClient master = null!;
    Uri server = null!;

    public async ValueTask InitializeAsync()
    {
        lab = await SwarmLab.OpenAsync();
        server = await lab.ServeAgentAsync(await lab.EnrolAsync("web-host"));
        master = SwarmLab.Client(server, lab.Pki.Current.Identity);
    }

    public ValueTask DisposeAsync()
    {
        master.Dispose();
        return lab.DisposeAsync();
    }

    [Fact]
    public async Task The_master_gets_health_and_status()
    {
        var health = JsonSerializer.Deserialize(await master.GetStringAsync("/health"), SwarmJsonContext.Default.PeerHealth);
        var status = JsonSerializer.Deserialize(await master.GetStringAsync("/status"), SwarmJsonContext.Default.AgentStatus);

        Assert.Equal(new PeerHealth("1", "ok", "agent"), health);
        Assert.Equal(SwarmLab.Host, status!.HostId);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Accepted)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_deploy_is_answered_with_202_and_a_dry_run_with_200(bool dryRun, HttpStatusCode expected)
    {
        var response = await master.PostAsync("/deploy", SwarmLab.Json(Samples.DeployText(dryRun)));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var reply = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), SwarmJsonContext.Default.CommandReply)!;
        Assert.Equal((!dryRun, "web-01"), (reply.Accepted, reply.Deckies.Single().Name.Value));
    }

    [Fact]
    public async Task HTTP_2_is_spoken_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var response = await master.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
    }

    [Fact]
    public async Task All_errors_of_a_request_are_answered_at_once_with_their_fixes()
    {
        lab.Agent.Deploy = _ => throw new FleetValidationException(
            "request", [FleetIssue.Error("a", "First.", "Do this.", "web-01"), FleetIssue.Error("b", "Second.")]);

        var problem = await RefusedAsync(422, await master.PostAsync("/deploy", SwarmLab.Json(Samples.DeployText())));

        Assert.Equal([new SwarmProblemError("a", "First.", "Do this.", "web-01"), new SwarmProblemError("b", "Second.")], problem.Errors);
    }

    [Fact]
    public async Task A_fleet_that_somebody_works_on_is_answered_with_503_and_when_to_ask_again()
    {
        lab.Agent.Deploy = _ => throw new FleetLockedException("work.lock", "somebody", TimeSpan.FromSeconds(5), "Somebody works on the fleet.");

        var response = await master.PostAsync("/deploy", SwarmLab.Json(Samples.DeployText()));

        await RefusedAsync(503, response);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task What_is_unexpected_is_answered_without_what_is_inside()
    {
        lab.Agent.Deploy = _ => throw new InvalidOperationException("secret internals");

        var response = await master.PostAsync("/deploy", SwarmLab.Json(Samples.DeployText()));

        await RefusedAsync(500, response);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"1","orders":[{"operation_id":"nonsense","decky":{}}]}""", "At $.orders[0].operation_id, line 1:")]
    [InlineData("{\"orders\":[{\"operation_id\":\"0198d6a0-0000-7000-8000-000000000001\",\"name\":\"web-01\"},\n\n{\"operation_id\":\n7}]}", "At $.orders[1].operation_id, line 4:", "/teardown")]
    [InlineData("{\n\"version\":\n!", "$.version, line 3")]
    [InlineData("", "$, line 1")]
    [InlineData("null", "$, line 1")]
    [InlineData("""{"version":"1"}""", "orders")]
    [InlineData("""{"version":"1","version":"1"}""", "version")]
    public async Task Malformed_JSON_is_answered_with_400_and_the_place(string body, string place, string path = "/deploy")
    {
        var problem = await RefusedAsync(400, await master.PostAsync(path, SwarmLab.Json(body)));

        Assert.Contains(place, Assert.Single(problem.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(0, lab.Agent.Calls);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task A_body_that_is_not_JSON_by_its_type_is_answered_with_415(string? type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Samples.DeployText()));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        await RefusedAsync(415, await master.PostAsync("/deploy", content));
    }

    [Fact]
    public async Task A_compressed_body_is_answered_with_415()
    {
        using var content = SwarmLab.Json(Samples.DeployText());
        content.Headers.ContentEncoding.Add("gzip");

        await RefusedAsync(415, await master.PostAsync("/deploy", content));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_answered_with_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/deploy") { Content = SwarmLab.Json(new string(' ', SwarmProtocol.MaxCommandBytes + 1)) };
        request.Headers.ExpectContinue = true;

        await RefusedAsync(413, await master.SendAsync(request));
        Assert.Equal(0, lab.Agent.Calls);
    }

    [Fact]
    public async Task A_path_that_is_not_there_and_a_method_that_does_not_fit_are_problems_too()
    {
        await RefusedAsync(404, await master.GetAsync("/nowhere"));
        await RefusedAsync(405, await master.GetAsync("/deploy"));
    }

    [Fact]
    public async Task Self_destruction_asks_for_a_confirmation_that_is_a_reply_and_a_problem()
    {
        lab.Agent.SelfDestruct = command => new SelfDestructReply
        {
            Version = "1",
            Accepted = command.Confirmation is not null,
            Confirmation = command.Confirmation is null ? "abc" : null,
            Removes = ["web-01", "/var/lib/decnet"],
            Obstacles = [],
        };

        var asked = await master.PostAsync("/self-destruct", SwarmLab.Json("""{"version":"1","operation_id":"0198d6a0-0000-7000-8000-000000000001"}"""));
        var problem = await RefusedAsync(428, asked);
        var reply = JsonSerializer.Deserialize(await asked.Content.ReadAsStringAsync(), SwarmJsonContext.Default.SelfDestructReply)!;

        Assert.Equal("urn:decnet:problem:confirmation-required", problem.Type);
        Assert.Equal(("abc", false, "web-01 /var/lib/decnet"), (reply.Confirmation, reply.Accepted, string.Join(' ', reply.Removes)));
        var begun = await master.PostAsync(
            "/self-destruct", SwarmLab.Json("""{"version":"1","operation_id":"0198d6a0-0000-7000-8000-000000000001","confirmation":"abc"}"""));
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
    }

    async Task<SwarmProblem> RefusedAsync(int status, HttpResponseMessage response)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await Samples.ProblemAsync(response);
        Assert.Equal(status, problem.Status);
        Assert.StartsWith("urn:decnet:problem:", problem.Type, StringComparison.Ordinal);
        return problem;
    }
}
