namespace Decnet.Fleet.Tests.Testing;

using Decnet.Testing;
using Xunit;

public sealed class GoldenFileTests
{
    [Fact]
    public void The_first_line_that_differs_is_shown()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("golden.txt");
        File.WriteAllText(path, "one\r\ntwo\nthree\n");

        GoldenFile.Verify(path, "one\ntwo\r\nthree\n");
        var changed = Assert.Throws<GoldenFileException>(() => GoldenFile.Verify(path, "one\n2\nthree\n"));
        var shorter = Assert.Throws<GoldenFileException>(() => GoldenFile.Verify(path, "one\ntwo"));
        var longer = Assert.Throws<GoldenFileException>(() => GoldenFile.Verify(path, "one\ntwo\nthree\n\n"));

        Assert.Contains("line 2:\n  expected: \"two\"\n  actual:   \"2\"", changed.Message, StringComparison.Ordinal);
        Assert.Contains("line 3:\n  expected: \"three\"\n  actual:   (end of text)", shorter.Message, StringComparison.Ordinal);
        Assert.Contains("line 5:", longer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_fails_and_says_how_to_make_it()
    {
        var error = Assert.Throws<GoldenFileException>(() => GoldenFile.Verify("tests/no-such-file.txt", "text"));

        Assert.Contains("DECNET_UPDATE_GOLDEN=1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_writes_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "sub", "golden.txt");

        GoldenFile.Verify(path, "one\r\ntwo\n", update: true);

        Assert.Equal("one\ntwo\n", File.ReadAllText(path));
        GoldenFile.Verify(path, "one\ntwo\n");
    }
}
