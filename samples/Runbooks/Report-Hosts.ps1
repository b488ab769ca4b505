#!/usr/bin/env pwsh
#Requires -Version 7.6
#Requires -Modules Decnet

<#
.SYNOPSIS
Reports whether all hosts of the fleet answer and their deckies run. Made to be run on the master by cron or a timer.
.DESCRIPTION
Asks each agent once, shows a table, and writes hosts-DATE.csv with one line for each host. Nothing of the fleet is changed.

Ends with 0 when all is well; with 1 when a host does not answer, does not report, or has deckies that do not run; and with 2 when nobody
could tell: the state folder is not that of a master, or no host is enrolled. Then no report is written.
.PARAMETER OutputDirectory
The folder of the report, which is made when it is not there; this one when it is not given.
.PARAMETER StateDirectory
The state folder. Without it, the script works on what the session is connected to, or on the defaults.
.EXAMPLE
./Report-Hosts.ps1 -OutputDirectory /var/log/decnet
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $OutputDirectory = '.',
    [string] $StateDirectory
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
try {
    if ($StateDirectory) { $null = Connect-Decnet -StateDirectory $StateDirectory }

    $tests = @{}
    Test-DecnetHost | ForEach-Object { $tests[$_.HostId] = $_ }
    $known = @(Get-DecnetHost)
    if (-not $known) { throw "No host is enrolled in '$((Get-DecnetContext).StateDirectory)'. New-DecnetEnrollment invites one." }

    $lines = foreach ($each in $known) {
        # A host that was enrolled just now was not asked.
        $test = $tests[$each.HostId]
        $idle = $each.Deckies - [int] $each.DeckyStates['running']
        [pscustomobject]@{
            Host          = $each.Name
            Well          = [bool] ($test -and $test.Reachable -and -not $test.Problem -and $each.Status -eq 'active' -and $idle -eq 0)
            Status        = $each.Status
            Reachable     = [bool] ($test -and $test.Reachable)
            Deckies       = $each.Deckies
            NotRunning    = $idle
            LastHeartbeat = $each.LastHeartbeat ? $each.LastHeartbeat.ToUniversalTime().ToString('u') : ''
            AgentVersion  = $each.AgentVersion
            Reason        = $test ? $test.Reason : $null
            Problem       = $test ? $test.Problem : $null
        }
    }

    $folder = New-Item -ItemType Directory $OutputDirectory -Force
    $report = Join-Path $folder "hosts-$(Get-Date -Format yyyy-MM-dd).csv"
    $lines | Export-Csv $report
    $lines | Format-Table Host, Well, Status, Reachable, Deckies, NotRunning, Reason | Out-Host
    $bad = @($lines | Where-Object Well -EQ $false)
    foreach ($line in $bad | Where-Object Problem) { "$($line.Host): $($line.Problem)" }
    "$($known.Count - $bad.Count) of $($known.Count) hosts are well. $report"
    exit [int] ($bad.Count -gt 0)
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 2
}
