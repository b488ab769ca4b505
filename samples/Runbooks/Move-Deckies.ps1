#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet

<#
.SYNOPSIS
Moves the deckies of a host to other hosts: before work on it, or because it is gone for good.
.DESCRIPTION
The deckies keep names, services and hardware addresses; a host whose network is another one gives them addresses of its own. They are
moved one by one, so that the rest of the fleet stays up, and each is away from its removal until it runs again.

With -Lost, the host is taken out of the fleet first, its certificate is revoked, and its deckies are brought up elsewhere at once. What
still runs on it runs on: that is for hosts that nobody will see again.

The description of the deckies is kept in the file -Description until all of them run. When the script stops in between, deploy that file:
Deploy-DecnetFleet FILE brings up what is missing.

Ends with 0 when all deckies run on their new hosts, else with 1.
.PARAMETER From
The host, by name.
.PARAMETER To
The host that takes them; without it, they are dealt over all other hosts that are active, each to the one with the fewest.
.PARAMETER Lost
The host is gone for good: take it out of the fleet, and do not ask it to remove anything.
.PARAMETER Description
The file for the description of the deckies; one in the present folder when it is not given.
.PARAMETER StateDirectory
The state folder. Without it, the script works on what the session is connected to, or on the defaults.
.EXAMPLE
./Move-Deckies.ps1 rack1-host -To rack2-host
.EXAMPLE
./Move-Deckies.ps1 rack1-host -WhatIf
.EXAMPLE
./Move-Deckies.ps1 rack1-host -Lost
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $From,
    [string] $To,
    [switch] $Lost,
    [string] $Description = "./moved-from-$From.json",
    [string] $StateDirectory
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
try {
    if ($StateDirectory) { $null = Connect-Decnet -StateDirectory $StateDirectory }

    $source = Get-DecnetHost $From
    $all = @(Get-DecnetHost)
    $takers = @($all | Where-Object { $_.HostId -ne $source.HostId -and ($To ? $To -in $_.Name, $_.HostId : $_.Status -eq 'active') })
    if (-not $takers) { throw $To ? "There is no host '$To' other than '$From'." : "No other host is active." }

    # Who gives deckies up before somebody can take them has lost them.
    $away = @($takers | Test-DecnetHost | Where-Object Reachable -EQ $false)
    if ($away) { throw "Nothing was moved, since hosts do not answer: $($away.Name -join ', '). $($away[0].Problem)" }

    $moved = @((Get-DecnetFleet).Deckies | Where-Object HostId -EQ $source.HostId)
    if (-not $moved) {
        "No decky is on $From."
        exit 0
    }

    # Dealt here, so that what is shown is what is done.
    $load = @{}
    foreach ($taker in $takers) { $load[$taker.HostId] = $taker.Deckies }
    $places = [ordered]@{}
    foreach ($decky in $moved) {
        $place = $load.GetEnumerator() | Sort-Object Value, Name | Select-Object -First 1 -ExpandProperty Name
        $places[$decky.Name] = $place
        $load[$place]++
    }

    $wanted = @($moved | Where-Object { $PSCmdlet.ShouldProcess($_.Name, "Move from $From to $($places[$_.Name])") })
    if (-not $wanted) { exit 0 }

    $document = Export-DecnetFleet -As Json | ConvertFrom-Json -Depth 50
    $document.deckies = @($document.deckies | Where-Object name -In $wanted.Name)
    foreach ($decky in $document.deckies) { $decky.host_uuid = $places[$decky.name] }
    $document | ConvertTo-Json -Depth 50 | Set-Content $Description

    $fleet = Import-DecnetFleet $Description
    if ($Lost) { Unregister-DecnetHost $source.Name -Force }
    $failed = @(foreach ($decky in $fleet.Deckies) {
        if (-not $Lost) { Remove-DecnetDecky $decky.Name -Force }
        $decky | Deploy-DecnetFleet -ErrorAction Continue | Where-Object Status -NE succeeded
    })

    $rows = @(Get-DecnetDecky $wanted.Name -ErrorAction Continue)
    $rows | Format-Table | Out-Host
    $running = @($rows | Where-Object { $_.State -eq 'running' -and $_.HostId -ne $source.HostId }).Count
    "$running of $($wanted.Count) deckies run on their new hosts."
    if ($failed -or $running -ne $wanted.Count) {
        "Deploy-DecnetFleet $Description brings up what is missing."
        exit 1
    }

    Remove-Item $Description
    exit 0
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 1
}
