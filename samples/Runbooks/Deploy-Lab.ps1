#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet

<#
.SYNOPSIS
Deploys a lab from an INI file, waits, and shows how it is.
.DESCRIPTION
Ends with 0 when all deckies of the file run, else with 1; each decky that does not is an error that says why. It may be run again at
any time: deckies that are as they should be are left alone.
.PARAMETER Path
The INI file.
.PARAMETER Timeout
How long to wait for all deckies together; 10 minutes when it is not given.
.PARAMETER Driver
How deckies are attached to the network: Macvlan, Ipvlan, or Bridge for labs on one machine.
.PARAMETER StateDirectory
The state folder. Without it and -Runtime, the script works on what the session is connected to, or on the defaults.
.PARAMETER Runtime
Docker, or Memory to rehearse with simulated containers.
.EXAMPLE
./Deploy-Lab.ps1 ./lab.ini -Driver Bridge
.EXAMPLE
./Deploy-Lab.ps1 ./lab.ini -WhatIf
.EXAMPLE
./Deploy-Lab.ps1 ./lab.ini -StateDirectory ./rehearsal -Runtime Memory
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,
    [timespan] $Timeout = '00:10:00',
    [ValidateSet('Macvlan', 'Ipvlan', 'Bridge')]
    [string] $Driver,
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

    $network = if ($Driver) { @{ Driver = $Driver } } else { @{} }
    # Each fault of the file is an error of its own, and all of them are shown.
    $fleet = Import-DecnetFleet -Path $Path -ErrorAction Continue
    if (-not $fleet) { exit 1 }

    if (-not $PSCmdlet.ShouldProcess("$($fleet.Deckies.Count) deckies of $Path", 'Deploy')) {
        $fleet | Deploy-DecnetFleet @network -WhatIf
        exit 0
    }

    $begun = $fleet | Deploy-DecnetFleet @network -NoWait -Confirm:$false
    $ended = @($begun | Where-Object { $_ } | Wait-DecnetOperation -Timeout $Timeout -ErrorAction Continue)
    foreach ($operation in $ended | Where-Object Status -EQ failed) { Write-Error "$($operation.DeckyName): $($operation.Error)" -ErrorAction Continue }

    $rows = @(Get-DecnetDecky -Name $fleet.Deckies.Name -ErrorAction Continue)
    $rows | Format-Table | Out-Host
    $running = @($rows | Where-Object State -EQ running).Count
    "$running of $($fleet.Deckies.Count) deckies run."
    exit [int] ($running -ne $fleet.Deckies.Count)
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 1
}
