namespace Decnet.Fleet.Tests.Building.Ini;

using System.Text;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

public sealed class FileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lab.ini", 4)]
    [InlineData("office.ini", 13)]
    [InlineData("windows.ini", 6)]
    [InlineData("windows-utf16.ini", 6)]
    [InlineData("old-mac.ini", 6)]
    public void Real_files_are_read_without_an_issue(string name, int deckies)
    {
        var path = Write(name, IniSample.Bytes(name));
        var ini = FleetIniParser.Load(path).ThrowIfInvalid();
        Assert.Empty(ini.Issues);
        Assert.Equal(deckies, ini.Deckies.Count);
        Assert.Equal(path, ini.Source);
    }

    [Fact]
    public void The_lab_is_what_its_file_says()
    {
        var ini = IniSample.Clean(IniSample.Text("lab.ini"));
        Assert.Equal(["office-01", "office-02", "office-03", "share-01"], ini.Deckies.Select(decky => decky.Name.Value));
        var share = ini.Deckies[3];
        Assert.Equal(["smb", "ftp", "ssh", "plc"], share.Services!);
        Assert.Equal("50%off#today", share.Settings["ssh"]["password"].Text);
        Assert.Equal(["/bin/plc", "-p", "4840", "--name", "boiler # 2"], Assert.Single(ini.CustomServices).Command);
        Assert.Equal((NetworkDriver.Ipvlan, TimeSpan.FromHours(1)), (ini.Driver, ini.MutateInterval));
    }

    [Fact]
    public void The_office_has_pages_and_overrides()
    {
        var ini = IniSample.Clean(IniSample.Text("office.ini"));
        var (first, second, proxy) = (ini.Deckies[0], ini.Deckies[1], ini.Deckies[12]);
        Assert.Equal(("wordpress", "nginx_default"), (first.Settings["http"]["fake_app"].Text, second.Settings["http"]["fake_app"].Text));
        Assert.Equal("<html>\n\n<body># not a heading</body>\n</html>", first.Settings["http"]["custom_body"].Text);
        Assert.Equal("nginx/1.18 ; Ubuntu", second.Settings["http"]["server_header"].Text);
        Assert.Equal(["http", "ssh"], second.Services!);
        Assert.Empty(proxy.Settings);
    }

    [Fact]
    [Trait("Weakness", "W-20")]
    public void Encodings_and_line_ends_make_no_difference()
    {
        var documents = new[] { "windows.ini", "windows-utf16.ini", "old-mac.ini" }.Select(name => IniSample.Clean(IniSample.Text(name))).ToArray();
        Assert.All(documents, document => Assert.Equal(documents[0], document));
    }

    [Fact]
    [Trait("Weakness", "W-15")]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        Assert.Equal(FleetIniFileProblem.NotFound, Refuse(folder.File("none.ini")).Problem);
        Assert.Equal(FleetIniFileProblem.NotFound, Refuse(folder.File("no/such/folder.ini")).Problem);
        Assert.Equal(FleetIniFileProblem.IsFolder, Refuse(folder.Path).Problem);
        Assert.Equal(FleetIniFileProblem.Unreadable, Refuse("a\0b").Problem);
    }

    [Fact]
    [Trait("Weakness", "W-15")]
    public void A_file_without_permission_is_told_apart_from_a_missing_one()
    {
        var path = Write("secret.ini", [.. "[web]"u8]);
        var cause = new UnauthorizedAccessException();
        Assert.Equal(FleetIniFileProblem.AccessDenied, FleetIniFile.ProblemOf(path, cause));
        Assert.Contains("may not be read", new FleetIniFileException(path, FleetIniFileProblem.AccessDenied, cause).Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows() && Environment.UserName != "root")
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
            Assert.Equal(FleetIniFileProblem.AccessDenied, Refuse(path).Problem);
        }
    }

    [Fact]
    [Trait("Weakness", "W-15")]
    public void Wrong_contents_never_throw()
    {
        var notText = FleetIniParser.Load(Write("latin1.ini", [.. "[web]\nhostname = gr"u8, 0xfc, .. "n"u8]));
        Assert.Equal(FleetIniIssueCode.NotText, Assert.Single(notText.Issues).Code);
        var large = FleetIniParser.Load(Write("large.ini", new byte[FleetIniParser.MaxBytes + 1]));
        Assert.Equal(FleetIniIssueCode.TooLarge, Assert.Single(large.Issues).Code);
        var error = Assert.Throws<FleetValidationException>(() => FleetIniParser.Load(Write("bad.ini", Encoding.UTF8.GetBytes("[Web]"))).ThrowIfInvalid());
        Assert.Equal(folder.File("bad.ini"), error.Subject);
    }

    FleetIniFileException Refuse(string path)
    {
        var error = Assert.Throws<FleetIniFileException>(() => FleetIniParser.Load(path));
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }

    string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.File(name), bytes);
        return folder.File(name);
    }
}
