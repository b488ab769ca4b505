namespace Decnet.Packaging.Tests;

using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Decnet.Testing;
using Xunit;

/// <summary>Packs the libraries once, and uses the packages as a stranger would: from a folder, in a project of its own.</summary>
public sealed class PackageTests(PackageTests.PackedLibraries packed) : IClassFixture<PackageTests.PackedLibraries>
{
    static readonly string Root =
        typeof(PackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    [Theory]
    [InlineData("Decnet.Fleet")]
    [InlineData("Decnet.Fleet.Sqlite")]
    [InlineData("Decnet.Fleet.Docker")]
    [InlineData("Decnet.Fleet.Hosting")]
    [InlineData("Decnet.Fleet.Swarm")]
    [InlineData("Decnet.Fleet.Swarm.AspNetCore")]
    public void A_package_has_readme_documentation_licence_and_symbols(string id)
    {
        using var package = ZipFile.OpenRead(packed.Find(id, "nupkg"));
        using var symbols = ZipFile.OpenRead(packed.Find(id, "snupkg"));

        Assert.NotNull(package.GetEntry("README.md"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{id}.pdb"));
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        Assert.Equal("MIT", metadata.Elements().Single(element => element.Name.LocalName == "license").Value);
        Assert.NotEmpty(metadata.Elements().Single(element => element.Name.LocalName == "description").Value);
    }

    [Fact]
    public void The_pure_library_depends_on_logging_abstractions_alone()
    {
        using var package = ZipFile.OpenRead(packed.Find("Decnet.Fleet", "nupkg"));
        using var nuspec = package.GetEntry("Decnet.Fleet.nuspec")!.Open();

        var dependencies = XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency");

        Assert.Equal("Microsoft.Extensions.Logging.Abstractions", Assert.Single(dependencies).Attribute("id")!.Value);
    }

    [Fact]
    public async Task A_program_of_under_30_lines_builds_and_deploys_with_the_packages()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Consumer", "Program.cs");
        Assert.InRange((await File.ReadAllLinesAsync(source)).Length, 1, 29);
        using var folder = new TemporaryFolder();
        File.Copy(source, folder.File("Program.cs"));
        await File.WriteAllTextAsync(folder.File("Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(folder.File("Consumer.csproj"), ProjectFile);
        await File.WriteAllTextAsync(folder.File("nuget.config"), NugetConfig(packed.Folder, folder.File("packages")));

        var output = await RunAsync(folder.Path, "run", "--project", folder.File("Consumer.csproj"), "--", folder.File("state"));

        Assert.Equal(3, output.Split(" Succeeded").Length - 1);
    }

    [Fact]
    public async Task The_readme_shows_that_very_program()
    {
        var program = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Consumer", "Program.cs"));
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"));

        Assert.Contains(program.TrimEnd(), readme, StringComparison.Ordinal);
    }

    const string ProjectFile =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Decnet.Fleet.Sqlite" Version="*" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>The packages folder is the test's own, so that an earlier run's package of the same version is never used.</summary>
    static string NugetConfig(string source, string packages) =>
        $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{packages}" /></config>
          <packageSources><add key="local" value="{source}" /></packageSources>
        </configuration>
        """;

    static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{await output}\n{await errors}");
        return await output;
    }

    public sealed class PackedLibraries : IAsyncLifetime, IDisposable
    {
        readonly TemporaryFolder folder = new();

        public string Folder => folder.Path;

        public string Find(string id, string kind) =>
            Directory.GetFiles(Folder, $"{id}.*.{kind}").Single(path => char.IsAsciiDigit(Path.GetFileName(path)[id.Length + 1]));

        public async ValueTask InitializeAsync()
        {
            foreach (var project in new[] { "Decnet.Fleet", "Decnet.Fleet.Sqlite", "Decnet.Fleet.Docker", "Decnet.Fleet.Hosting", "Decnet.Fleet.Swarm", "Decnet.Fleet.Swarm.AspNetCore" })
            {
                await RunAsync(Root, "pack", Path.Combine(Root, "src", project), "-c", "Release", "-o", Folder, "--nologo");
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        public void Dispose()
        {
            if (Directory.Exists(folder.Path))
            {
                folder.Dispose();
            }
        }
    }
}
