namespace Decnet.Fleet.Sqlite.Backups;

using Decnet.Fleet.Model;

/// <summary>A backup of the state folder could not be made, read or restored. Nothing was changed.</summary>
public sealed class StateBackupException : DecnetException
{
    internal StateBackupException(StateBackupProblem problem, string path, string message, Exception? innerException = null) : base(message, innerException)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>What the matter is.</summary>
    public StateBackupProblem Problem { get; }

    /// <summary>The path of the backup, or of the fleet file.</summary>
    public string Path { get; }
}
