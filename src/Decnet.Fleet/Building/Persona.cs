namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>What the deckies of one group have in common, looked up and checked.</summary>
/// <param name="Archetype">The slug of the archetype.</param>
/// <param name="Services">The services; null when each decky draws its own.</param>
/// <param name="Distros">Where each decky gets its distribution from.</param>
/// <param name="Family">The OS family.</param>
internal sealed record Persona(string? Archetype, ValueList<string>? Services, DistroRotation Distros, OsFamilyDefinition Family);
