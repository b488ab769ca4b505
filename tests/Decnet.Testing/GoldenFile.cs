namespace Decnet.Testing;

/// <summary>
/// Compares a text with a file of the working copy that holds what it should be. With the environment variable
/// DECNET_UPDATE_GOLDEN=1 the file is written instead; the change is then reviewed like any other.
/// </summary>
public static class GoldenFile
{
    const string UpdateVariable = "DECNET_UPDATE_GOLDEN";

    /// <summary>Fails unless the text is what the file holds, line ends aside.</summary>
    /// <param name="path">The file, below the root of the working copy, with slashes.</param>
    /// <param name="actual">The text.</param>
    /// <exception cref="GoldenFileException">The text differs; the message shows the first line that does.</exception>
    public static void Verify(string path, string actual) =>
        Verify(SourceTree.File(path), actual, Environment.GetEnvironmentVariable(UpdateVariable) == "1");

    internal static void Verify(string file, string actual, bool update)
    {
        if (update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Unified(actual));
            return;
        }

        if (!File.Exists(file))
        {
            throw new GoldenFileException($"{file} does not exist. Run the test with {UpdateVariable}=1 to write it, and review it.");
        }

        var expected = Unified(File.ReadAllText(file)).Split('\n');
        var lines = Unified(actual).Split('\n');
        for (var i = 0; i < Math.Max(expected.Length, lines.Length); i++)
        {
            var (wanted, got) = (LineOf(expected, i), LineOf(lines, i));
            if (wanted != got)
            {
                throw new GoldenFileException(
                    $"The text differs from {file} first in line {i + 1}:\n  expected: {wanted}\n  actual:   {got}\n"
                    + $"If the new text is right, run the test with {UpdateVariable}=1.");
            }
        }
    }

    static string Unified(string text) => text.ReplaceLineEndings("\n");

    static string LineOf(string[] lines, int index) => index < lines.Length ? $"\"{lines[index]}\"" : "(end of text)";
}
