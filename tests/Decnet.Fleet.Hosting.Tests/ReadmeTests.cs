namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Testing;
using Xunit;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_a_program_that_is_compiled() =>
        Assert.Contains(
            Body(),
            File.ReadAllText(SourceTree.File("src/Decnet.Fleet.Hosting/README.md")),
            StringComparison.Ordinal);

    [Fact]
    public async Task The_program_runs()
    {
        using var folder = new TemporaryFolder();
        await ReadmeProgram.RunAsync(name => name == "DECNET_STATE_DIR" ? folder.Path : null);
    }

    static string Body()
    {
        var source = File.ReadAllText(SourceTree.File("tests/Decnet.Fleet.Hosting.Tests/ReadmeProgram.cs"));
        var lines = source.Split("// <page>\n")[1].Split("        // </page>")[0];
        return lines.Replace("\n        ", "\n", StringComparison.Ordinal).Trim();
    }
}
