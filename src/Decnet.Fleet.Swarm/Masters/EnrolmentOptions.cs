namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>How an <see cref="EnrolmentDesk"/> works.</summary>
public sealed record EnrolmentOptions
{
    /// <summary>The longest life of an invitation: 7 days.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    /// <summary>The host that the master itself is: no other one may have its identity.</summary>
    /// <value>Default: <see cref="HostId.Local"/>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>The port on which hosts report to the master.</summary>
    /// <value>Default: <see cref="SwarmProtocol.MasterPort"/>. 1 to 65535.</value>
    public int MasterPort { get; init; } = SwarmProtocol.MasterPort;

    /// <summary>How many wrong tokens one address may show within <see cref="GuessWindow"/>, before all from there are refused.</summary>
    /// <value>Default: 5. At least 1.</value>
    public int MaxGuesses { get; init; } = 5;

    /// <summary>How many wrong tokens all addresses together may show within <see cref="GuessWindow"/>.</summary>
    /// <value>Default: 100. At least 1.</value>
    public int MaxGuessesOfAll { get; init; } = 100;

    /// <summary>How long a wrong token counts.</summary>
    /// <value>Default: 1 minute. More than zero.</value>
    public TimeSpan GuessWindow { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MasterPort, 1, nameof(MasterPort));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MasterPort, 65535, nameof(MasterPort));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxGuesses, 1, nameof(MaxGuesses));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxGuessesOfAll, 1, nameof(MaxGuessesOfAll));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(GuessWindow, TimeSpan.Zero, nameof(GuessWindow));
    }
}
