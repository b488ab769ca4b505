namespace Decnet.HelpWriter.Writing;

/// <summary>Where the reference page has the section of a cmdlet.</summary>
internal static class Anchors
{
    internal static string Of(string cmdlet) => $"#{cmdlet.ToLowerInvariant()}";
}
