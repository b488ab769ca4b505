namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>A decky that a pass judges.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Services">The slugs of the services that have containers.</param>
/// <param name="Blueprint">What it should be; null when only its row is known.</param>
internal sealed record Subject(DeckyName Name, string[] Services, DeckyBlueprint? Blueprint);
