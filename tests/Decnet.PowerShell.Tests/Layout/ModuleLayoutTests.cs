namespace Decnet.PowerShell.Tests.Layout;

using System.Management.Automation;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Decnet.PowerShell.Commands;
using Decnet.Testing;
using Xunit;

/// <summary>What the build has laid out in <c>out/Decnet</c> is a module that can be imported where it is copied to.</summary>
public sealed class ModuleLayoutTests
{
    static readonly string Folder = SourceTree.File("out/Decnet");

    static readonly ModuleManifest Manifest = ModuleManifest.Load(Path.Combine(Folder, "Decnet.psd1"));

    static readonly string[] Cmdlets =
    [
        .. typeof(DecnetCommand).Assembly.ExportedTypes
            .SelectMany(type => type.GetCustomAttributesData())
            .Where(data => data.AttributeType == typeof(CmdletAttribute))
            .Select(data => $"{data.ConstructorArguments[0].Value}-{data.ConstructorArguments[1].Value}")
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_manifest_exports_the_cmdlets_of_the_assembly() =>
        Assert.Equal(Cmdlets, Manifest["CmdletsToExport"].Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("AliasesToExport")]
    [InlineData("VariablesToExport")]
    public void The_manifest_exports_nothing_else(string list) => Assert.Empty(Manifest[list]);

    [Fact]
    public void The_manifest_has_the_version_of_the_assembly()
    {
        var version = typeof(DecnetCommand).Assembly.GetName().Version!;
        Assert.Equal([version.ToString(3)], Manifest["ModuleVersion"]);
        Assert.Equal(["7.6"], Manifest["PowerShellVersion"]);
        Assert.Equal(["Core"], Manifest["CompatiblePSEditions"]);
        Assert.True(Guid.TryParse(Manifest["GUID"].Single(), out _));
    }

    [Theory]
    [InlineData("RootModule")]
    [InlineData("FormatsToProcess")]
    [InlineData("TypesToProcess")]
    public void Files_of_the_manifest_are_there(string key) =>
        Assert.All(Manifest[key], file => Assert.True(File.Exists(Path.Combine(Folder, file)), file));

    [Theory]
    [InlineData("linux-x64", "libe_sqlite3.so")]
    [InlineData("linux-arm64", "libe_sqlite3.so")]
    [InlineData("linux-musl-x64", "libe_sqlite3.so")]
    [InlineData("win-x64", "e_sqlite3.dll")]
    [InlineData("osx-x64", "libe_sqlite3.dylib")]
    [InlineData("osx-arm64", "libe_sqlite3.dylib")]
    public void Sqlite_is_there_for(string platform, string library) =>
        Assert.True(new FileInfo(Path.Combine(Folder, "dependencies", "runtimes", platform, "native", library)).Length > 100_000);

    [Fact]
    public void Each_assembly_that_an_assembly_refers_to_is_there_or_part_of_the_runtime()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var brought = Directory.GetFiles(Path.Combine(Folder, "dependencies"), "*.dll");
        var names = brought.Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Decnet.Shell.dll", names);
        Assert.Empty(
            from assembly in brought
            from reference in References(assembly)
            where !names.Contains(reference) && !File.Exists(Path.Combine(shared, reference))
            select $"{Path.GetFileName(assembly)} refers to {reference}");
    }

    /// <summary>A copy of PowerShell's own assembly would give types that are not those of the shell.</summary>
    [Fact]
    public void Nothing_of_the_shell_is_brought() =>
        Assert.Empty(Directory.GetFiles(Folder, "System.Management.Automation*", SearchOption.AllDirectories));

    /// <summary>What lies beside the cmdlets is found by other modules' references too.</summary>
    [Fact]
    public void Only_the_cmdlets_lie_where_modules_are_looked_for() =>
        Assert.Equal(["Decnet.PowerShell.dll"], Directory.GetFiles(Folder, "*.dll").Select(Path.GetFileName));

    [Fact]
    public void The_page_of_the_cmdlets_is_what_the_build_writes() =>
        GoldenFile.Verify("docs/cmdlets.md", File.ReadAllText(SourceTree.File("out/cmdlets.md")));

    [Fact]
    public void The_help_has_a_command_for_each_cmdlet()
    {
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        var help = XDocument.Load(Path.Combine(Folder, "en-US", "Decnet.PowerShell.dll-Help.xml"));
        Assert.Equal(Cmdlets, help.Descendants(command + "details").Elements(command + "name").Select(name => name.Value.Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_conceptual_help_is_there_and_fits_a_terminal()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "en-US", "about_Decnet.help.txt"));
        Assert.Equal("TOPIC", lines[0]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    static IEnumerable<string> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name) + ".dll")];
    }
}
