namespace Decnet.Shell.Flow;

/// <summary>Thrown when a fault ends the work.</summary>
public sealed class FaultException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="fault">What went wrong.</param>
    public FaultException(Fault fault) : base(fault?.Message, fault?.Error)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Fault = fault;
    }

    /// <summary>What went wrong.</summary>
    public Fault Fault { get; }

    /// <summary>The line of the file that is wrong; null when there is none.</summary>
    public int? Line => Fault.Line;
}
