namespace Decnet.Fleet.Tests;

using Decnet.Testing;
using Xunit;

public sealed class ArchitectureTests
{
    static readonly IReadOnlyList<string> Sources = SourceTree.CSharpFiles("src");

    [Fact]
    public void Namespaces_are_folders() => Check(SourceRules.Namespace);

    [Fact]
    public void Each_layer_uses_only_those_below_it() => Check(SourceRules.Layering);

    [Fact]
    public void No_file_is_too_long() => Check(SourceRules.Length);

    [Fact]
    public void Each_public_type_has_a_file_of_its_name() => Check(SourceRules.OneType);

    [Fact]
    public void Folders_have_names_that_say_something() => Check(SourceRules.FolderNames);

    [Fact]
    public void The_library_does_without_reflection() => Check(SourceRules.NoReflection);

    [Fact]
    public void The_library_needs_nothing_but_the_base_class_library_and_the_logging_abstractions()
    {
        var project = File.ReadAllLines(SourceTree.File("src/Decnet.Fleet/Decnet.Fleet.csproj"));

        var references = project.Where(line => line.Contains("Reference Include", StringComparison.Ordinal)).Select(line => line.Trim());

        Assert.Equal(["""<PackageReference Include="Microsoft.Extensions.Logging.Abstractions" />"""], references);
    }

    [Theory]
    [InlineData("src/Decnet.Fleet/Model/X.cs", "namespace Decnet.Fleet;\npublic class X;", 1)]
    [InlineData("src/Decnet.Fleet/Model/X.cs", "namespace Decnet.Fleet.Model;\npublic class X;", 0)]
    public void A_wrong_namespace_is_found(string path, string text, int wrong) => Assert.Equal(wrong, SourceRules.Namespace(path, text).Count());

    [Theory]
    [InlineData("State", "Containers", 1)]
    [InlineData("State", "InMemory", 1)]
    [InlineData("InMemory", "Reconciling", 1)]
    [InlineData("InMemory", "Lifecycle", 1)]
    [InlineData("InMemory", "Events", 0)]
    [InlineData("Model", "Catalog.Data", 1)]
    [InlineData("Model/Json", "Events", 1)]
    [InlineData("Model", "Model.Json", 0)]
    [InlineData("Reconciling", "Lifecycle", 0)]
    public void A_step_up_the_layers_is_found(string folder, string used, int wrong) =>
        Assert.Equal(wrong, SourceRules.Layering($"src/Decnet.Fleet/{folder}/X.cs", $"namespace N;\nusing System;\nusing Decnet.Fleet.{used};\n").Count());

    [Theory]
    [InlineData("public sealed class Y;", 2)]
    [InlineData("public sealed partial class X;\ninternal record struct Y;", 0)]
    [InlineData("public abstract record X;\npublic enum Y;", 1)]
    [InlineData("internal static class Y;", 1)]
    public void A_type_in_the_wrong_file_is_found(string text, int wrong) =>
        Assert.Equal(wrong, SourceRules.OneType("src/Decnet.Fleet/Model/X.Part.cs", text).Count());

    [Fact]
    public void A_long_file_and_a_meaningless_folder_are_found()
    {
        Assert.Empty(SourceRules.Length("X.cs", string.Concat(Enumerable.Repeat("\n", SourceRules.MostLines))));
        Assert.Single(SourceRules.Length("X.cs", string.Concat(Enumerable.Repeat("x\n", SourceRules.MostLines + 1))));
        Assert.Single(SourceRules.FolderNames("src/Decnet.Fleet/Helpers/X.cs", ""));
        Assert.Single(SourceRules.NoReflection("src/Decnet.Fleet/Model/X.cs", "using System.Reflection;"));
    }

    static void Check(Func<string, string, IEnumerable<string>> rule)
    {
        Assert.True(Sources.Count > 50, "The sources were not found.");
        Assert.Empty(Sources.SelectMany(path => rule(path, File.ReadAllText(SourceTree.File(path)))));
    }
}
