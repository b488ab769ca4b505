#!/usr/bin/env pwsh
<#
.SYNOPSIS
Measures the PowerShell module: what importing costs, and what 10,000 deckies cost.
.DESCRIPTION
Each figure is the median of several runs. Importing is measured in processes of its own, in turn with empty ones, so that both
see the same machine. The state folder is a new one under the temporary folder; containers are simulated, no engine is needed.
.PARAMETER Rounds
How many processes of each kind are started.
.EXAMPLE
./bench/Decnet.ModuleTimings/Measure-Module.ps1
#>
[CmdletBinding()]
param([ValidateRange(1, 100)] [int] $Rounds = 15)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$manifest = Join-Path $PSScriptRoot '../../out/Decnet/Decnet.psd1' | Resolve-Path
$pwsh = (Get-Process -Id $PID).Path

function Get-Median([double[]] $Values) {
    $sorted = @($Values | Sort-Object)
    $sorted[[int][math]::Floor($sorted.Count / 2)]
}

function Measure-Process([string] $Command) {
    (Measure-Command { & $pwsh -NoProfile -NonInteractive -Command $Command }).TotalMilliseconds
}

function Measure-Median([scriptblock] $Action, [int] $Times = 7) {
    Get-Median (1..$Times | ForEach-Object { (Measure-Command $Action).TotalMilliseconds })
}

function Show-Figure([string] $What, [double] $Milliseconds, [double] $Goal) {
    [pscustomobject]@{
        Figure = $What
        Measured = '{0:0} ms' -f $Milliseconds
        Goal = '{0:0} ms' -f $Goal
        Met = $Milliseconds -le $Goal
    }
}

$null = Measure-Process "Import-Module '$manifest'"
$empty = [System.Collections.Generic.List[double]]::new()
$importing = [System.Collections.Generic.List[double]]::new()
foreach ($round in 1..$Rounds) {
    $empty.Add((Measure-Process '$null = 1'))
    $importing.Add((Measure-Process "Import-Module '$manifest'"))
}
Show-Figure "Import-Module above an empty pwsh ($('{0:0}' -f (Get-Median $empty)) ms)" ((Get-Median $importing) - (Get-Median $empty)) 300

Import-Module $manifest
$folder = Join-Path ([IO.Path]::GetTempPath()) "decnet-timings-$PID"
try {
    $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
    $describe = { New-DecnetDecky -Count 10000 -Service http, ssh -Distro debian -Subnet 10.0.0.0/16 -Gateway 10.0.0.1 -Seed 1 }
    Show-Figure 'New-DecnetDecky -Count 10000, first time' (Measure-Command $describe).TotalMilliseconds 1000
    Show-Figure 'New-DecnetDecky -Count 10000' (Measure-Median $describe) 1000

    # Rows come from the fleet file by a pass; deploying 10,000 deckies is not what is measured here.
    $ini = Join-Path $folder 'fleet.ini'
    $null = New-Item $folder -ItemType Directory
    $groups = 1..100 | ForEach-Object { "[g$_]`namount = 100`nservices = http, ssh`n" }
    Set-Content -LiteralPath $ini -Value ("[general]`nnet = 10.0.0.0/16`ngw = 10.0.0.1`ninterface = eth0`n" + ($groups -join "`n"))
    # In the form of the Python system, which is the fleet as JSON with a frame around it.
    $json = Import-DecnetFleet $ini -Seed 1 -WarningAction Ignore | Export-DecnetFleet -As Json
    Set-Content -LiteralPath (Join-Path $folder 'decnet-state.json') -Value "{ ""config"": $json }"
    $result = Invoke-DecnetReconcile -Confirm:$false
    if ($result.Inserted -ne 10000) { throw "10,000 rows were expected, not $($result.Inserted)." }
    Show-Figure 'Get-DecnetDecky over 10,000 rows, first time' (Measure-Command { Get-DecnetDecky }).TotalMilliseconds 500
    Show-Figure 'Get-DecnetDecky over 10,000 rows' (Measure-Median { Get-DecnetDecky }) 500
}
finally {
    Disconnect-Decnet
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
