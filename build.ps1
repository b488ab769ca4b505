#!/usr/bin/env pwsh

<#
.SYNOPSIS
Builds, tests and packs Decnet.
.DESCRIPTION
Each target is one dotnet command, named in its line below, for those who have no PowerShell.
.PARAMETER Target
Build: compile everything. Test: run all tests. Pack: write the NuGet packages to artifacts/packages.
Module: lay the PowerShell module out in out/Decnet.
.PARAMETER Configuration
Release (default) or Debug.
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Module')]
    [string] $Target = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

switch ($Target) {
    'Build' { dotnet build Decnet.sln -c $Configuration }
    'Test' { dotnet test Decnet.sln -c $Configuration }
    'Pack' { dotnet pack Decnet.sln -c $Configuration }
    'Module' { dotnet build src/Decnet.PowerShell/Decnet.PowerShell.csproj -c $Configuration }
}
exit $LASTEXITCODE
