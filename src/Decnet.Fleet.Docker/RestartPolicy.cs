namespace Decnet.Fleet.Docker;

/// <summary>When the engine itself starts a container again that ended.</summary>
public enum RestartPolicy
{
    /// <summary>Whenever it ended and nobody had stopped it, also after a start of the engine.</summary>
    UnlessStopped,

    /// <summary>As <see cref="UnlessStopped"/>, and after a start of the engine even when it had been stopped.</summary>
    Always,

    /// <summary>When it ended with an error.</summary>
    OnFailure,

    /// <summary>Never: only the reconciler does.</summary>
    No,
}
