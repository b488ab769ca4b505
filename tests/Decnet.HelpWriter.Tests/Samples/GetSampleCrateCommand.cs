namespace Decnet.HelpWriter.Tests.Samples;

using System.Management.Automation;

/// <summary>Gets crates from the <c>store</c>.</summary>
/// <remarks>
/// <para>Finds crates by name, or one by its id. A crate that <see cref="RemoveSampleCrateCommand"/> removed is not
/// found: for <see langword="null"/> &amp; other surprises see <see href="https://example.org/crates">the rules</see>.</para>
/// <list type="bullet">
///   <item>Wildcards <c>*</c> and <c>?</c> work.</item>
///   <item><description>Case does not matter in snake_case or _elsewhere_, 5 * 3 &lt; 16.</description></item>
/// </list>
/// <para>Then:</para>
/// <list type="number">
///   <item>Look.</item>
///   <item>Leave.</item>
/// </list>
/// <list type="table">
///   <item><term>Stored</term><description>in the store</description></item>
///   <item><term>Lost</term><description>elsewhere, with <see cref="Since"/></description></item>
/// </list>
/// <code>
///   $crate = Get-SampleCrate
///     $crate.Name
/// </code>
/// </remarks>
/// <example>
///   <summary>Crates by name</summary>
///   <code>
///     Get-SampleCrate web-*
///     Get-SampleCrate -State Lost |
///         Format-List
///   </code>
///   <para>Gets all crates whose names start with <c>web-</c>.</para>
///   <para>Then those that are lost.</para>
/// </example>
/// <example>
///   <code>'a', 'b' | Get-SampleCrate</code>
/// </example>
/// <seealso cref="RemoveSampleCrateCommand"/>
/// <seealso href="https://example.org/crates">Rules of crates</seealso>
/// <seealso href="https://example.org/"/>
[Cmdlet(VerbsCommon.Get, "SampleCrate", DefaultParameterSetName = "Name")]
[Alias("gsc")]
[OutputType(typeof(Crate))]
[OutputType(typeof(string[]), ParameterSetName = ["Id"])]
public sealed class GetSampleCrateCommand : StoreCommand<int>
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("CrateName", "cn")]
    [SupportsWildcards]
    public override string[] Name { get; set; } = ["*"];

    /// <summary>The id of one crate.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public Guid Id { get; set; }

    /// <summary>Only crates in one of these states.</summary>
    /// <value>all states</value>
    [Parameter]
    public CrateState[]? State { get; set; }

    /// <summary>Only crates that came in this time.</summary>
    /// <remarks>Time before now.</remarks>
    [Parameter(ParameterSetName = "Name", Position = 1)]
    public TimeSpan? Since { get; set; }

    /// <summary>Where the crates are sorted.</summary>
    [Parameter(ParameterSetName = "Name")]
    [ValidateSet("Name", "Age")]
    public string? SortBy { get; set; }

    [Parameter(DontShow = true)]
    public SwitchParameter Secret { get; set; }

    public string? NoParameter { get; set; }
}
