namespace Decnet.Fleet.Docker.Images;

/// <summary>Looks programs up in the folders of <c>PATH</c>.</summary>
internal static class CredentialHelperPath
{
    /// <summary>Finds a program.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="program">Its name, without an ending.</param>
    /// <param name="windows">Whether programs end in <c>.exe</c>.</param>
    /// <returns>The path; null when no folder has it.</returns>
    public static string? Find(Func<string, string?> environment, string program, bool windows) =>
        (environment("PATH") ?? "")
            .Split(windows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted) // A helper is trusted with secrets: never one of the working directory.
            .Select(folder => Path.Combine(folder, windows ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);
}
