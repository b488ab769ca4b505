namespace Decnet.HelpWriter.Tests.Samples;

using System.Collections;
using System.Management.Automation;

/// <summary>Removes crates.</summary>
/// <remarks>Asks before each crate, unless <see cref="Force"/> is given.</remarks>
/// <example>
///   <title>All of them</title>
///   <code>Remove-SampleCrate -All -Force</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "SampleCrate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = "Name", HelpUri = "https://example.org/remove")]
public sealed class RemoveSampleCrateCommand : StoreCommand<string>
{
    [Parameter(ParameterSetName = "Name", Mandatory = true, Position = 0, ValueFromRemainingArguments = true)]
    [Parameter(ParameterSetName = "Crate", Position = 1)]
    public override string[] Name { get; set; } = [];

    /// <summary>The crates, as <see cref="GetSampleCrateCommand"/> gives them.</summary>
    [Parameter(ParameterSetName = "Crate", Mandatory = true, ValueFromPipeline = true)]
    public Crate[]? InputObject { get; set; }

    /// <summary>Removes all.</summary>
    [Parameter(ParameterSetName = "All", Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter(HelpMessage = "Anything else, as a table.")]
    public Hashtable? Other { get; set; }
}
