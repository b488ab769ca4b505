# What every suite begins with: . $PSScriptRoot/Lab.ps1 in its BeforeAll. The module is the one that the build has laid out.
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')

# A state folder of its own with simulated containers; gives the context.
function Connect-Lab {
    Connect-Decnet -StateDirectory (Join-Path $TestDrive ([guid]::NewGuid())) -Runtime Memory
}

# Descriptions of deckies web-01, web-02 ... with http and ssh, always the same ones.
function New-LabDecky([int] $Count = 3, [string] $Prefix = 'web', [string[]] $Service = @('http', 'ssh')) {
    New-DecnetDecky -Count $Count -NamePrefix $Prefix -Service $Service -Distro debian -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed 1
}

# The simulated containers, to break them and to count what was changed.
function Get-LabContainers { (Get-DecnetContext).Containers }
