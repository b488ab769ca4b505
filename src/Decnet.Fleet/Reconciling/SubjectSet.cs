namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Model;

/// <summary>The deckies of one host that one fleet wants, ready to be judged.</summary>
/// <param name="Subjects">The deckies that can be turned into containers, in the order of the fleet.</param>
/// <param name="Invalid">Those that cannot, and why.</param>
internal sealed record SubjectSet(Subject[] Subjects, IReadOnlyDictionary<DeckyName, string> Invalid);
