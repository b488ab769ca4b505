#!/usr/bin/env pwsh

<#
.SYNOPSIS
Runs the Pester suites of the module that the build has laid out in out/Decnet.
.DESCRIPTION
Prints what fails, and as its last line how many tests passed, failed and were skipped. Ends with 1 when one failed or none ran.
Tests tagged Engine work on the Docker engine that DECNET_TEST_ENGINE names; they are left out when it names none. Tests tagged Hosts
work on the hosts that the file DECNET_TEST_HOSTS describes: SwarmPesterTests of the engine tests makes them, and runs these tests.
.PARAMETER Path
The suites: files or folders. All of the module when it is not given.
.PARAMETER Tag
Runs only tests with one of these tags.
.PARAMETER ExcludeTag
Leaves out tests with one of these tags.
.PARAMETER ResultFile
Writes the results to this file too.
.PARAMETER ResultFormat
The format of that file: NUnitXml (default), NUnit2.5, NUnit3 or JUnitXml.
.EXAMPLE
./Run-Pester.ps1 -ExcludeTag Engine, Figure
#>
[CmdletBinding()]
param(
    [string[]] $Path = @("$PSScriptRoot/Pester"),
    [string[]] $Tag = @(),
    [string[]] $ExcludeTag = @(),
    [string] $ResultFile,
    [ValidateSet('NUnitXml', 'NUnit2.5', 'NUnit3', 'JUnitXml')]
    [string] $ResultFormat = 'NUnitXml'
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Filter.Tag = $Tag
$needs = @{ Engine = $env:DECNET_TEST_ENGINE; Hosts = $env:DECNET_TEST_HOSTS }
$configuration.Filter.ExcludeTag = @($ExcludeTag) + @($needs.Keys | Where-Object { -not $needs[$_] })
if ($ResultFile) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ResultFile)
    $configuration.TestResult.OutputFormat = $ResultFormat
}

$run = Invoke-Pester -Configuration $configuration
if (-not $run) {
    'Pester: 0 passed, 1 failed, 0 skipped'
    exit 1
}

# A file that could not be read, or a block that could not be set up, counts even when no test of it failed.
$failed = [Math]::Max($run.FailedCount, $run.FailedBlocksCount + $run.FailedContainersCount)
if ($run.PassedCount -eq 0) { $failed = [Math]::Max(1, $failed) }
"Pester: $($run.PassedCount) passed, $failed failed, $($run.SkippedCount) skipped"
exit [int] ($failed -gt 0)
