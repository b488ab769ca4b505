namespace Decnet.Fleet.Tests;

using Xunit;

/// <summary>Tests that measure what the whole process does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
