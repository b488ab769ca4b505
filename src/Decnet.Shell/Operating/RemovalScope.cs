namespace Decnet.Shell.Operating;

/// <summary>What can be removed.</summary>
/// <param name="Names">The deckies, by their names.</param>
/// <param name="Whole">All of it in words, such as <c>the whole fleet of the host 'local': 3 deckies</c>.</param>
public sealed record RemovalScope(IReadOnlyList<string> Names, string Whole);
