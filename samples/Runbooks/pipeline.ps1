#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet, @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

<#
.SYNOPSIS
Checks a fleet description as a job of a pipeline does, before anybody deploys it for real.
.DESCRIPTION
Imports the INI file, shows what deploying it would do, deploys it on simulated containers, checks it with Drift.Tests.ps1, and tears it
down. Problems are annotations in the form that GitHub Actions shows beside the line of the file. Needs no engine and no privileges.

Ends with 0 when all went well, else with 1.
.PARAMETER Path
The INI file; lab.ini beside this script when it is not given.
.PARAMETER ResultFile
Where the results of the checks are written, as JUnit.
.EXAMPLE
./pipeline.ps1 ./lab.ini -ResultFile ./results.xml
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $Path = (Join-Path $PSScriptRoot 'lab.ini'),
    [string] $ResultFile
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "decnet-pipeline-$([guid]::NewGuid())"
$code = 0

# Line breaks would end an annotation.
function ConvertTo-Annotation([string] $Text) { $Text.Replace('%', '%25').Replace("`r", '%0D').Replace("`n", '%0A') }

function Write-Annotation([System.Management.Automation.ErrorRecord] $Fault) {
    $script:code = 1
    $text = ConvertTo-Annotation $Fault.Exception.Message
    $line = if ($text -match '\bline (?<line>\d+)') { ",line=$($Matches.line)" } else { '' }
    "::error file=$Path$line,title=$($Fault.FullyQualifiedErrorId.Split(',')[0])::$text"
}

try {
    $null = Connect-Decnet -StateDirectory $folder -Runtime Memory

    '::group::Import'
    $faults = @()
    $fleet = Import-DecnetFleet -Path $Path -ErrorAction SilentlyContinue -ErrorVariable faults
    if ($fleet) { $fleet.Deckies | Format-Table | Out-Host }
    '::endgroup::'
    foreach ($fault in $faults) { Write-Annotation $fault }
    if ($code) { exit 1 }

    '::group::Plan'
    $fleet | Deploy-DecnetFleet -WhatIf
    '::endgroup::'

    '::group::Deploy'
    $operations = @($fleet | Deploy-DecnetFleet -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable faults)
    $operations | Format-Table | Out-Host
    '::endgroup::'
    foreach ($fault in $faults) { Write-Annotation $fault }

    '::group::Check'
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path (Join-Path $PSScriptRoot 'Drift.Tests.ps1')
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Detailed'
    if ($ResultFile) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'JUnitXml'
        $configuration.TestResult.OutputPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ResultFile)
    }

    $run = Invoke-Pester -Configuration $configuration
    '::endgroup::'
    foreach ($test in $run.Failed) {
        $code = 1
        "::error title=$($test.ExpandedPath)::$(ConvertTo-Annotation "$($test.ErrorRecord)")"
    }

    # A fleet that cannot be looked at fails no test, since then there is none.
    if ($run.Result -ne 'Passed' -and -not $code) {
        $code = 1
        '::error title=Check::The fleet could not be checked.'
    }

    '::group::Teardown'
    Remove-DecnetDecky -All -Force -ErrorAction SilentlyContinue -ErrorVariable faults
    '::endgroup::'
    foreach ($fault in $faults) { Write-Annotation $fault }
    if ((Get-DecnetContext).Containers.Count -gt 0) {
        $code = 1
        '::error title=Teardown::Containers are left.'
    }

    if (-not $code) { "::notice file=$Path::$($fleet.Deckies.Count) deckies deployed, checked and removed." }
}
catch {
    Write-Annotation $_
}
finally {
    Disconnect-Decnet
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
exit $code
