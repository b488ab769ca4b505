namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Testing;
using Xunit;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_a_program_that_is_compiled() =>
        Assert.Contains(
            SourceTree.Marked("tests/Decnet.Fleet.Hosting.Tests/ReadmeProgram.cs"),
            File.ReadAllText(SourceTree.File("src/Decnet.Fleet.Hosting/README.md")),
            StringComparison.Ordinal);

    [Fact]
    public async Task The_program_runs()
    {
        using var folder = new TemporaryFolder();
        await ReadmeProgram.RunAsync(name => name == "DECNET_STATE_DIR" ? folder.Path : null);
    }
}
