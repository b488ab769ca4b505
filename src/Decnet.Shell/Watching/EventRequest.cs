namespace Decnet.Shell.Watching;

using Decnet.Fleet.Events;
using Decnet.Shell.Flow;

/// <summary>Which events somebody asks for.</summary>
public sealed record EventRequest
{
    /// <summary>A pattern of topics: tokens between dots, <c>*</c> for one token, <c>&gt;</c> at the end for one or more; null for all.</summary>
    public string? Topic { get; init; }

    /// <summary>Only those after this sequence number; null for the first that is kept, or for new ones only when watching.</summary>
    public long? After { get; init; }

    /// <summary>Only so many, the newest; null for all. Not for watching.</summary>
    public int? Last { get; init; }

    /// <summary>How long to watch; null for no end.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>After how many events watching ends; null for no end.</summary>
    public int? Count { get; init; }

    /// <exception cref="FaultException">The topic is no pattern.</exception>
    internal TopicPattern? Pattern()
    {
        if (Topic is null)
        {
            return null;
        }

        return TopicPattern.TryParse(Topic, out var pattern)
            ? pattern
            : throw new FaultException(new Fault(
                "TopicInvalid", FaultCategory.InvalidArgument,
                $"'{Topic}' is not a pattern of topics: write tokens between dots, '*' alone for one token, '>' alone and last for one or more, such as 'decky.*.state' or 'decky.>'.",
                Topic));
    }
}
