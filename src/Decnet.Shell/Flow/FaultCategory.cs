namespace Decnet.Shell.Flow;

/// <summary>What sort of thing a <see cref="Fault"/> is. The names are those of PowerShell's <c>ErrorCategory</c>.</summary>
public enum FaultCategory
{
    /// <summary>The engine or another party cannot be reached.</summary>
    ConnectionError,

    /// <summary>An argument is wrong.</summary>
    InvalidArgument,

    /// <summary>What is kept on disk, or was read from a file, is wrong.</summary>
    InvalidData,

    /// <summary>It cannot be done in the present state.</summary>
    InvalidOperation,

    /// <summary>An operation ended as failed.</summary>
    InvalidResult,

    /// <summary>A budget would be exceeded.</summary>
    LimitsExceeded,

    /// <summary>There is no such decky, service, worker, file or operation.</summary>
    ObjectNotFound,

    /// <summary>It was stopped before its end.</summary>
    OperationStopped,

    /// <summary>It took longer than allowed.</summary>
    OperationTimeout,

    /// <summary>The caller may not do it.</summary>
    PermissionDenied,

    /// <summary>Something could not be read.</summary>
    ReadError,

    /// <summary>Somebody else works on the fleet.</summary>
    ResourceBusy,

    /// <summary>There is something of this name already.</summary>
    ResourceExists,

    /// <summary>Something that is needed answers with failures.</summary>
    ResourceUnavailable,

    /// <summary>Something could not be written.</summary>
    WriteError,
}
