namespace Decnet.Fleet.Docker.Tests.Api;

/// <summary>Tests that measure time, or what the whole process does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
