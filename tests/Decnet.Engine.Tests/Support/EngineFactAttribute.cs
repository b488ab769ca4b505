namespace Decnet.Engine.Tests.Support;

using System.Runtime.CompilerServices;
using Xunit;

/// <summary>A test that needs a real engine; see <see cref="EngineRequirement"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = EngineRequirement.SkipReason;
}
