namespace Decnet.Fleet.Docker.Api;

/// <summary>Which lines of a container are wanted.</summary>
internal sealed record LogQuery
{
    /// <summary>How many of the last lines; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>The time of the first line, to the second; null for any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether standard output is wanted.</summary>
    public bool Output { get; init; } = true;

    /// <summary>Whether standard error is wanted.</summary>
    public bool Errors { get; init; } = true;
}
