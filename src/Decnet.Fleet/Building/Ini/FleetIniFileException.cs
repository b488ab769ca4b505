namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Model;

/// <summary>A fleet description could not be read from its file. What is wrong <em>in</em> a file is an issue of the <see cref="FleetIni"/>.</summary>
public sealed class FleetIniFileException : DecnetException
{
    internal FleetIniFileException(string path, FleetIniFileProblem problem, Exception? innerException = null)
        : base(Describe(path, problem, innerException), innerException)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>The path of the file, as it was given.</summary>
    public string Path { get; }

    /// <summary>Why it could not be read.</summary>
    public FleetIniFileProblem Problem { get; }

    static string Describe(string path, FleetIniFileProblem problem, Exception? cause) => problem switch
    {
        FleetIniFileProblem.NotFound => $"The INI file '{path}' does not exist. Check the path.",
        FleetIniFileProblem.AccessDenied => $"The INI file '{path}' may not be read by this user. Grant the right to read it, or run as another user.",
        FleetIniFileProblem.IsFolder => $"'{path}' is a folder. Give the path of an INI file.",
        _ => $"The INI file '{path}' cannot be read: {cause?.Message} Check the path and the disk.",
    };
}
