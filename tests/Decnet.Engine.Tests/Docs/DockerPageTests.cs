namespace Decnet.Engine.Tests.Docs;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Docker;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>What docs/docker.md shows is what runs.</summary>
public sealed class DockerPageTests(TestEngine engine)
{
    const string Ini = "[general]\nnet = 198.18.11.0/24\ngw = 198.18.11.1\ndriver = bridge\n\n[web-01]\nservices = ssh, http\n";

    static readonly string Page = File.ReadAllText(SourceTree.File("docs/docker.md"));

    [Fact]
    public void The_page_shows_the_program_that_is_tested()
    {
        var source = File.ReadAllText(SourceTree.File("tests/Decnet.Engine.Tests/Docs/PageProgram.cs"));
        var body = source.Split("// <page>\n")[1].Split("        // </page>")[0];

        Assert.Contains(body.Replace("\n        ", "\n", StringComparison.Ordinal).Trim(), Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DockerEnvironment.ImagePolicyVariable)]
    [InlineData(DockerEnvironment.DecoyImageVariable)]
    [InlineData(DockerEnvironment.HostIdVariable)]
    [InlineData("DOCKER_HOST")]
    [InlineData("DOCKER_CONTEXT")]
    [InlineData("DOCKER_CERT_PATH")]
    public void The_page_names_every_variable(string variable) => Assert.Contains($"`{variable}`", Page, StringComparison.Ordinal);

    [Fact]
    public void The_page_names_every_option()
    {
        var options = typeof(DockerRuntimeOptions).GetProperties().Select(property => property.Name).Where(name => name != "EqualityContract");

        Assert.All(options, option => Assert.Contains($"`{option}`", Page, StringComparison.Ordinal));
    }

    [EngineFact]
    public async Task The_program_deploys_and_exports_a_fleet()
    {
        await engine.CleanAsync();
        using var folder = new TemporaryFolder();
        try
        {
            var result = await PageProgram.RunAsync(Ini, new StateFolder(folder.Path), name => name == "DOCKER_HOST" ? engine.Endpoint : null);

            Assert.Equal((1, 1), (result.Inserted, result.Repaired));
            Assert.Contains("container_name: \"web-01-ssh\"", File.ReadAllText(folder.File("docker-compose.yml")), StringComparison.Ordinal);
        }
        finally
        {
            await engine.CleanAsync();
        }
    }
}
