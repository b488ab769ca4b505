namespace Decnet.HelpWriter.Tests.Samples;

using System.Management.Automation;

/// <summary>What cmdlets of the store have in common; no cmdlet itself.</summary>
public abstract class StoreCommand<T> : PSCmdlet
{
    /// <summary>The folder of the store.</summary>
    /// <value>the <c>store</c> folder below <c>$HOME</c></value>
    [Parameter]
    public string? StorePath { get; set; }

    /// <summary>Names of crates to <see cref="StorePath"/> or elsewhere.</summary>
    public abstract string[] Name { get; set; }
}
