#Requires -Modules Decnet

<#
.SYNOPSIS
Checks that a live fleet is as its file says: one test for each decky.
.DESCRIPTION
Invoke-Pester ./Drift.Tests.ps1 works on what the session is connected to, or on the defaults. To point it at another state folder:
Invoke-Pester -Container (New-PesterContainer -Path ./Drift.Tests.ps1 -Data @{ StateDirectory = '/srv/decnet' })
.PARAMETER StateDirectory
The state folder.
#>
param([string] $StateDirectory)

BeforeDiscovery {
    if ($StateDirectory) { $null = Connect-Decnet -StateDirectory $StateDirectory }
    $deckies = @((Get-DecnetFleet).Deckies | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    # One look at the engine for all tests.
    $drifts = @(Compare-DecnetFleet)
    $known = @((Get-DecnetFleet).Deckies.Name)
}

Describe 'Decky <Name>' -ForEach $deckies {
    It 'is as the fleet file says' {
        @($drifts | Where-Object DeckyName -EQ $Name | ForEach-Object Reason) | Should -BeNullOrEmpty
    }
}

Describe 'The host' {
    It 'has no containers and no rows that belong to no decky' {
        @($drifts | Where-Object DeckyName -NotIn $known | ForEach-Object Reason) | Should -BeNullOrEmpty
    }
}
