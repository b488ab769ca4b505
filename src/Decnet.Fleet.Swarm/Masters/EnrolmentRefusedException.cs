namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;

/// <summary>Nobody was enrolled: the token is not, or no longer, good, or too many wrong ones were shown. It does not say which token would be.</summary>
/// <param name="message">What happened, and what to do.</param>
public sealed class EnrolmentRefusedException(string message) : DecnetException(message)
{
    /// <summary>How long to wait before another attempt has a chance.</summary>
    /// <value>Default: null, the token is wrong, and waiting does not help.</value>
    public TimeSpan? RetryAfter { get; init; }
}
