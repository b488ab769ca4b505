namespace Decnet.Fleet.Building.Ini;

/// <summary>Why a file could not be read.</summary>
public enum FleetIniFileProblem
{
    /// <summary>There is no such file, or no such folder.</summary>
    NotFound,

    /// <summary>The file is there, but this process may not read it.</summary>
    AccessDenied,

    /// <summary>The path is that of a folder.</summary>
    IsFolder,

    /// <summary>The path is not valid, or reading failed; the inner exception says how.</summary>
    Unreadable,
}
