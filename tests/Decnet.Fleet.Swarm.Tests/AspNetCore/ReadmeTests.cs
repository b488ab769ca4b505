namespace Decnet.Fleet.Swarm.Tests.AspNetCore;

using Decnet.Testing;
using Xunit;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_a_program_that_is_compiled() =>
        Assert.Contains(
            SourceTree.Marked("tests/Decnet.Fleet.Swarm.Tests/AspNetCore/ReadmeProgram.cs"),
            File.ReadAllText(SourceTree.File("src/Decnet.Fleet.Swarm.AspNetCore/README.md")),
            StringComparison.Ordinal);
}
