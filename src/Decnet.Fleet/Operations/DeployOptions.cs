namespace Decnet.Fleet.Operations;

/// <summary>How a fleet is deployed.</summary>
public sealed record DeployOptions
{
    /// <summary>
    /// Whether the fleet becomes exactly what is deployed: other deckies are removed, those of the same name take their new
    /// configuration. Deckies that stay the same are not touched.
    /// </summary>
    /// <value>Default: false, the deckies are added; one that is there with another configuration is an error.</value>
    public bool Replace { get; init; }
}
