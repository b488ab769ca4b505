namespace Decnet.Shell.Sessions;

/// <summary>Where containers run.</summary>
public enum RuntimeKind
{
    /// <summary>On a Docker engine.</summary>
    Docker,

    /// <summary>Nowhere: they are simulated in this process, for tests and for trying things out. File and database are real.</summary>
    Memory,
}
