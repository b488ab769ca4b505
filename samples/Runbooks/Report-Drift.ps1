#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet, @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

<#
.SYNOPSIS
Reports in what the fleet differs from its file: as CSV for people, as JUnit for dashboards. Made to be run each night.
.DESCRIPTION
Writes drift-DATE.csv, with one line for each difference, and drift-DATE.xml, with the result of Drift.Tests.ps1: one test for each
decky. Nothing of the fleet is changed.

Ends with 0 when nothing differs, with 1 when something does, and with 2 when nobody could tell: the fleet file is missing or damaged,
or the engine does not answer. Then no report is written.
.PARAMETER OutputDirectory
The folder of the reports, which is made when it is not there; this one when it is not given.
.PARAMETER StateDirectory
The state folder. Without it and -Runtime, the script works on what the session is connected to, or on the defaults.
.PARAMETER Runtime
Docker, or Memory to rehearse with simulated containers.
.EXAMPLE
./Report-Drift.ps1 -OutputDirectory /var/log/decnet
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $OutputDirectory = '.',
    [string] $StateDirectory,
    [ValidateSet('Docker', 'Memory')]
    [string] $Runtime
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
try {
    $connection = @{}
    foreach ($name in 'StateDirectory', 'Runtime') { if ($PSBoundParameters.ContainsKey($name)) { $connection[$name] = $PSBoundParameters[$name] } }
    if ($connection.Count -gt 0) { $null = Connect-Decnet @connection }

    $hostId = (Get-DecnetContext).HostId
    $drifts = @(Compare-DecnetFleet)

    $folder = New-Item -ItemType Directory $OutputDirectory -Force
    $report = Join-Path $folder "drift-$(Get-Date -Format yyyy-MM-dd)"
    $lines = $drifts | Select-Object HostId, DeckyName, Kind, Container, Expected, Actual, Reason | ConvertTo-Csv
    if (-not $lines) { $lines = '"HostId","DeckyName","Kind","Container","Expected","Actual","Reason"' }
    Set-Content "$report.csv" $lines

    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path (Join-Path $PSScriptRoot 'Drift.Tests.ps1')
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'JUnitXml'
    $configuration.TestResult.OutputPath = "$report.xml"
    $run = Invoke-Pester -Configuration $configuration

    "$hostId`: $($drifts.Count) differences, $($run.FailedCount) of $($run.TotalCount) checks failed. $report.csv, $report.xml"
    exit [int] ($drifts.Count -gt 0 -or $run.FailedCount -gt 0)
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 2
}
