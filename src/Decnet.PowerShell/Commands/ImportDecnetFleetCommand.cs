namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using System.Net;
using Decnet.Shell.Building;
using Decnet.Shell.Output;

/// <summary>Reads the description of a fleet from a file.</summary>
/// <remarks>
/// <para>The file is read and nothing else: no interface is looked at and no engine asked, so the file has to name the network. A file
/// that ends in .json is a fleet file, also one of the Python system, or what Export-DecnetFleet has written; every other one is an INI
/// description. Deploy-DecnetFleet brings the result up.</para>
/// <para>Each fault of a file is an error of its own with the line, in the message and in the property Line of the exception; then there is no
/// fleet, and the other files go on. What is remarkable only is a warning.</para>
/// </remarks>
/// <example>
/// <code>Import-DecnetFleet office.ini | Deploy-DecnetFleet -WhatIf</code>
/// <para>Reads a description, and shows what deploying it would do.</para>
/// </example>
/// <example>
/// <code>Import-DecnetFleet office.ini -ErrorVariable faults -ErrorAction SilentlyContinue; $faults.Exception.Line</code>
/// <para>Shows in which lines the file is wrong.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DecnetFleet", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Fleet))]
public sealed class ImportDecnetFleetCommand : DecnetCommand
{
    const string PathSet = "Path";
    const string LiteralPathSet = "LiteralPath";

    /// <summary>The files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, by paths in which no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The address of the host, which no decky gets.</summary>
    [Parameter]
    public IPAddress? HostIP { get; set; }

    /// <summary>What everything that an INI file leaves to chance starts from, so that it can be repeated.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Reads.</summary>
    protected override void ProcessRecord()
    {
        foreach (var file in ParameterSetName == PathSet ? Path.SelectMany(FilesOf) : LiteralPath.Select(PathOf))
        {
            DrainItem(file, (outlet, _) =>
            {
                FleetImport.Read(file, HostIP, Seed, outlet);
                return Task.CompletedTask;
            });
        }
    }
}
