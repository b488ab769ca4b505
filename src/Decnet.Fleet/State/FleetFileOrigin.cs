namespace Decnet.Fleet.State;

/// <summary>How the contents of a fleet file came to be.</summary>
public enum FleetFileOrigin
{
    /// <summary>Decnet saved it and nobody changed it.</summary>
    Saved,

    /// <summary>Somebody edited it by hand: the checksum does not fit, and it parses.</summary>
    EditedByHand,

    /// <summary>The Python system saved it.</summary>
    Python,
}
