namespace Decnet.Fleet.Swarm.Tests.AspNetCore;

using System.Text.Json.Nodes;
using Decnet.Fleet.Swarm.AspNetCore.OpenApi;
using Decnet.Fleet.Swarm.Tests.AspNetCore.Support;
using Decnet.Testing;
using Xunit;

public sealed class OpenApiTests
{
    [Fact]
    public void The_document_of_the_agent_is_the_one_in_the_docs() => GoldenFile.Verify("docs/openapi/agent.json", OpenApiDocument.Agent);

    [Fact]
    public void The_document_of_the_master_is_the_one_in_the_docs() => GoldenFile.Verify("docs/openapi/master.json", OpenApiDocument.Master);

    [Fact]
    public void Every_reference_leads_to_a_schema()
    {
        foreach (var text in new[] { OpenApiDocument.Agent, OpenApiDocument.Master })
        {
            var document = JsonNode.Parse(text)!;
            var known = document["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();

            var references = References(document).ToArray();

            Assert.NotEmpty(references);
            Assert.All(references, reference => Assert.Contains(reference, known));
        }
    }

    [Fact]
    public async Task Both_sides_serve_theirs_and_answer_every_path_in_it()
    {
        await using var lab = await SwarmLab.OpenAsync();
        var host = await lab.EnrolAsync("web-host");
        lab.Master.IsOpen = true;
        using var agent = SwarmLab.Client(await lab.ServeAgentAsync(host), lab.Pki.Current.Identity);
        using var master = SwarmLab.Client(await lab.ServeMasterAsync(), host.Current.Identity);
        using var enrolment = SwarmLab.Client(await lab.ServeEnrolmentAsync(), identity: null);

        Assert.Equal(OpenApiDocument.Agent, await agent.GetStringAsync("/openapi.json"));
        Assert.Equal(OpenApiDocument.Master, await master.GetStringAsync("/openapi.json"));
        foreach (var (client, text) in new[] { (agent, OpenApiDocument.Agent), (master, OpenApiDocument.Master) })
        {
            foreach (var (path, methods) in JsonNode.Parse(text)!["paths"]!.AsObject())
            {
                var peer = path == "/swarm/enroll" ? enrolment : client;
                using var request = new HttpRequestMessage(HttpMethod.Parse(methods!.AsObject().Single().Key), path);
                request.Content = request.Method == HttpMethod.Post ? SwarmLab.Json("!") : null;
                var response = await peer.SendAsync(request);
                Assert.True(request.Method == HttpMethod.Post ? (int)response.StatusCode == 400 : response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
            }
        }
    }

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject keys => keys.SelectMany(pair => pair.Key == "$ref" ? [pair.Value!.GetValue<string>()] : References(pair.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
