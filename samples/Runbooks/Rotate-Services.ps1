#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet

<#
.SYNOPSIS
Gives deckies other services, a few at a time, and stops at the first batch that has a failure.
.DESCRIPTION
Deckies that are suspended or do not run are left alone. Between batches the script waits, so that most of the fleet looks the same at
any time. A decky whose containers could not be brought up keeps its former services.

Ends with 0 when all are rotated, and with 1 when a batch failed; the deckies of later batches are then as they were.
.PARAMETER Name
The deckies, with wildcards; all when it is not given.
.PARAMETER BatchSize
How many change at the same time.
.PARAMETER Pause
How long to wait between batches.
.PARAMETER StateDirectory
The state folder. Without it and -Runtime, the script works on what the session is connected to, or on the defaults.
.PARAMETER Runtime
Docker, or Memory to rehearse with simulated containers.
.EXAMPLE
./Rotate-Services.ps1 web-* -BatchSize 2 -Pause 00:05:00
.EXAMPLE
./Rotate-Services.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [SupportsWildcards()]
    [string[]] $Name = '*',
    [ValidateRange(1, 1000)]
    [int] $BatchSize = 2,
    [timespan] $Pause = '00:01:00',
    [string] $StateDirectory,
    [ValidateSet('Docker', 'Memory')]
    [string] $Runtime
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
try {
    $connection = @{}
    foreach ($parameter in 'StateDirectory', 'Runtime') { if ($PSBoundParameters.ContainsKey($parameter)) { $connection[$parameter] = $PSBoundParameters[$parameter] } }
    if ($connection.Count -gt 0) { $null = Connect-Decnet @connection }

    $rows = @(Get-DecnetDecky -Name $Name | Where-Object { $_.State -eq 'running' -and -not $_.Suspended })
    $rotated = 0
    for ($first = 0; $first -lt $rows.Count; $first += $BatchSize) {
        $batch = @($rows[$first..([Math]::Min($first + $BatchSize, $rows.Count) - 1)])
        if (-not $PSCmdlet.ShouldProcess($batch.Name -join ', ', 'Give other services')) { continue }
        if ($rotated -gt 0) { Start-Sleep $Pause }

        $faults = @()
        $operations = @($batch | Invoke-DecnetMutation -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable faults)
        $operations | Format-Table | Out-Host
        foreach ($fault in $faults) { Write-Error -ErrorRecord $fault -ErrorAction Continue }
        if ($faults -or ($operations | Where-Object Status -EQ failed)) {
            "Stopped after $rotated of $($rows.Count) deckies: $($batch.Name -join ', ') failed in part."
            exit 1
        }

        $rotated += $batch.Count
    }

    "$rotated of $($rows.Count) deckies rotated."
    exit 0
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 1
}
