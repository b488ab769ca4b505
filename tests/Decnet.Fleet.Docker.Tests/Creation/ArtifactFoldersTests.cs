namespace Decnet.Fleet.Docker.Tests.Creation;

using Decnet.Fleet.Docker.Creation;
using Decnet.Fleet.Model;

public sealed class ArtifactFoldersTests
{
    static readonly DeckyName Decky = DeckyName.Parse("web-01");

    [Fact]
    public void Each_folder_of_each_decky_has_its_own_place_that_stays()
    {
        var folder = ArtifactFolders.HostFolder(ArtifactFolders.DefaultRoot, Decky, "ssh");
        Assert.Equal("/var/lib/artifacts/4b8951966c8b5f6e8e9c64b6e8b0b0a5".Length, folder.Length);
        Assert.Equal(folder, ArtifactFolders.HostFolder("/var/lib/artifacts/", Decky, "ssh"));
        Assert.NotEqual(folder, ArtifactFolders.HostFolder(ArtifactFolders.DefaultRoot, Decky, "http"));
        Assert.NotEqual(folder, ArtifactFolders.HostFolder(ArtifactFolders.DefaultRoot, DeckyName.Parse("web-02"), "ssh"));
        Assert.DoesNotContain("web-01", folder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var/lib/artifacts")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/var/../etc")]
    [InlineData("/var/lib:ro")]
    [InlineData(@"C:\artifacts")]
    [InlineData("//server/share")]
    [InlineData("/var/lib\n")]
    public void A_root_that_is_no_plain_absolute_path_is_refused(string root)
    {
        Assert.Contains(root, Assert.Throws<ArgumentException>(() => ArtifactFolders.HostFolder(root, Decky, "ssh")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DockerContainerRuntime.Connect(new DockerRuntimeOptions { ArtifactsRoot = root }));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../web-02/ssh")]
    [InlineData("/ssh")]
    [InlineData("")]
    [InlineData("a:b")]
    public void A_folder_that_is_no_relative_name_is_refused(string folder) =>
        Assert.Throws<ArgumentException>(() => ArtifactFolders.HostFolder(ArtifactFolders.DefaultRoot, Decky, folder));
}
