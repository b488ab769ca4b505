namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>What the fleet file says: a fleet, nothing, or something unreadable. The three are never confused.</summary>
public abstract record DesiredState
{
    DesiredState()
    {
    }

    /// <summary>The file holds a fleet, which may be empty on purpose.</summary>
    public sealed record Known : DesiredState
    {
        /// <summary>The fleet.</summary>
        public required Fleet Fleet { get; init; }

        /// <summary>The generation: grows by 1 with every save; 0 for a file of the Python system.</summary>
        public required long Generation { get; init; }

        /// <summary>How the file came to be.</summary>
        public required FleetFileOrigin Origin { get; init; }

        /// <summary>The SHA-256 of the configuration in the file, as 64 lower-case hexadecimal digits.</summary>
        public required string Checksum { get; init; }

        /// <summary>What an operator should know about the file, such as that it was edited by hand.</summary>
        /// <value>Default: none.</value>
        public ValueList<FleetIssue> Warnings { get; init; } = [];
    }

    /// <summary>There is no file. That is not an empty fleet: nothing is known.</summary>
    public sealed record Missing : DesiredState
    {
        /// <summary>Where the file was expected, and what could be done.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>There is a file, and it cannot be read as a fleet. That is not an empty fleet: nothing is known.</summary>
    public sealed record Corrupt : DesiredState
    {
        /// <summary>What is wrong with it and where, and what could be done.</summary>
        public required string Reason { get; init; }
    }
}
