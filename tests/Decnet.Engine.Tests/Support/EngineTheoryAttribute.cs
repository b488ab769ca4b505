namespace Decnet.Engine.Tests.Support;

using System.Runtime.CompilerServices;
using Xunit;

/// <summary>A test with data that needs a real engine; see <see cref="EngineRequirement"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = EngineRequirement.SkipReason;
}
