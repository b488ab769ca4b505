namespace Decnet.HelpWriter.Tests.Samples;

/// <summary>A crate, as <see cref="GetSampleCrateCommand"/> finds it.</summary>
public sealed record Crate(string Name, CrateState State);
