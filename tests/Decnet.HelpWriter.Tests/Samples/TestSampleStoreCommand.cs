namespace Decnet.HelpWriter.Tests.Samples;

using System.Management.Automation;

/// <summary>Tells whether there is a store.</summary>
/// <remarks>Looks, and does nothing.</remarks>
/// <example><code>Test-SampleStore</code></example>
[Cmdlet(VerbsDiagnostic.Test, "SampleStore")]
[OutputType(typeof(bool))]
public sealed class TestSampleStoreCommand : PSCmdlet;
