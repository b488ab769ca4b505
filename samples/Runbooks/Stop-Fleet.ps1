#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet

<#
.SYNOPSIS
Tears the fleet down in an emergency, on a master with all of its hosts: evidence first, no questions, everything logged.
.DESCRIPTION
First the events and the rows are exported and a support bundle is written, then all deckies are removed. What cannot be kept is an
error, and the teardown goes on all the same: -KeepEvidence makes it stop instead. Nothing asks, so that it works from a job.

Ends with 0 when nothing is left, and with 1 when evidence could not be kept or deckies are left.
.PARAMETER EvidenceDirectory
The folder for the evidence and the log; one with the time in its name is made in it.
.PARAMETER KeepEvidence
Removes nothing unless all evidence was kept.
.PARAMETER StateDirectory
The state folder. Without it and -Runtime, the script works on what the session is connected to, or on the defaults.
.PARAMETER Runtime
Docker, or Memory to rehearse with simulated containers.
.EXAMPLE
./Stop-Fleet.ps1 -EvidenceDirectory /srv/incident-7
.EXAMPLE
./Stop-Fleet.ps1 -EvidenceDirectory /srv/incident-7 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $EvidenceDirectory,
    [switch] $KeepEvidence,
    [string] $StateDirectory,
    [ValidateSet('Docker', 'Memory')]
    [string] $Runtime
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$code = 0
$log = $null

function Write-Log([string] $Text) {
    $line = "$((Get-Date).ToUniversalTime().ToString('u')) $Text"
    $line
    if ($log) { Add-Content $log $line }
}

# One piece of evidence must not keep the others from being kept.
function Save-Evidence([string] $What, [scriptblock] $Save) {
    try {
        & $Save
        Write-Log "kept: $What"
    }
    catch {
        $script:code = 1
        Write-Log "NOT kept: $What`: $($_.Exception.Message)"
    }
}

try {
    $connection = @{}
    foreach ($name in 'StateDirectory', 'Runtime') { if ($PSBoundParameters.ContainsKey($name)) { $connection[$name] = $PSBoundParameters[$name] } }
    if ($connection.Count -gt 0) { $null = Connect-Decnet @connection }

    $context = Get-DecnetContext
    if (-not $PSCmdlet.ShouldProcess("the fleet of $($context.HostId) in $($context.StateDirectory)", 'Keep evidence, and remove all deckies')) {
        Remove-DecnetDecky -All -WhatIf
        exit 0
    }

    $folder = (New-Item -ItemType Directory (Join-Path $EvidenceDirectory "decnet-$($context.HostId)-$(Get-Date -Format yyyyMMdd-HHmmss)") -Force).FullName
    $log = Join-Path $folder 'teardown.log'
    Write-Log "fleet of $($context.HostId), $($context.StateDirectory), $($context.Endpoint)"
    Save-Evidence 'rows' { Get-DecnetDecky | ConvertTo-Json -Depth 4 -AsArray | Set-Content (Join-Path $folder 'deckies.json') }
    Save-Evidence 'operations' { Get-DecnetOperation | ConvertTo-Json -Depth 4 -AsArray | Set-Content (Join-Path $folder 'operations.json') }
    Save-Evidence 'events' { Get-DecnetEvent | ConvertTo-Json -Depth 8 -AsArray | Set-Content (Join-Path $folder 'events.json') }
    Save-Evidence 'support bundle' { $null = Export-DecnetSupportBundle -Path (Join-Path $folder 'support.zip') }
    if ($KeepEvidence -and $code) {
        Write-Log 'nothing removed, since evidence is missing'
        exit 1
    }

    # A host that was given up and has come again may have deckies whose names are elsewhere too: then the second round removes them.
    for ($round = 1; $round -le 2; $round++) {
        $faults = @()
        Remove-DecnetDecky -All -Force -PassThru -ErrorAction SilentlyContinue -ErrorVariable faults |
            ForEach-Object { Write-Log "$($_.DeckyName) on $($_.HostId): $($_.Status) $($_.Error)".TrimEnd() }
        $left = @(Get-DecnetDecky)
        if ($faults -or -not $left) { break }
    }

    foreach ($fault in $faults) { Write-Log "ERROR $($fault.FullyQualifiedErrorId) $($fault.TargetObject): $($fault.Exception.Message)" }
    Write-Log "$($left.Count) deckies left$(if ($left) { ": $(($left | ForEach-Object { "$($_.Name) on $($_.HostId)" }) -join ', ')" })"
    if ($faults -or $left) { $code = 1 }
    exit $code
}
catch {
    Write-Log "FAILED $($_.FullyQualifiedErrorId): $($_.Exception.Message)"
    exit 1
}
