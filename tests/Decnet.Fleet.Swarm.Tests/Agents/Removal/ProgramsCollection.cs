namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using Xunit;

/// <summary>Tests that put programs on the path of the process.</summary>
[CollectionDefinition(Name)]
public sealed class ProgramsCollection
{
    public const string Name = "programs on the path";
}
