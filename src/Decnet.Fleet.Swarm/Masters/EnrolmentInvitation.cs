namespace Decnet.Fleet.Swarm.Masters;

/// <summary>An invitation to a host, told once.</summary>
/// <param name="Name">The name that the host gets.</param>
/// <param name="Token">What the host shows. It is kept nowhere.</param>
/// <param name="ExpiresAt">When it is good no more.</param>
public sealed record EnrolmentInvitation(string Name, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The invitation without its secret.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name} until {ExpiresAt:u}";
}
