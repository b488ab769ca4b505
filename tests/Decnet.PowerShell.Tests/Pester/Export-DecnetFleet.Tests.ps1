BeforeAll {
    . $PSScriptRoot/Lab.ps1
    function Get-LabFleet {
        $path = Join-Path $TestDrive 'source.ini'
        Set-Content -LiteralPath $path -Value @'
[general]
net = 198.18.30.0/24
gw = 198.18.30.1
driver = bridge

[web]
amount = 2
services = http, ssh

[web.ssh]
password = 50%off
'@
        Import-DecnetFleet $path -Seed 1
    }
}
AfterAll { Disconnect-Decnet }

Describe 'Export-DecnetFleet' {
    It 'writes a description that builds the same fleet again' {
        $fleet = Get-LabFleet
        $path = Join-Path $TestDrive 'out.ini'
        $fleet | Export-DecnetFleet $path
        $again = Import-DecnetFleet $path
        $again.Deckies.Name | Should -Be $fleet.Deckies.Name
        $again.Deckies.IPAddress | Should -Be $fleet.Deckies.IPAddress
        $again.Deckies.Hostname | Should -Be $fleet.Deckies.Hostname
    }

    It 'writes to the pipeline when no path is given' {
        Get-LabFleet | Export-DecnetFleet -As Ini | Should -Match 'web-01'
        (Get-LabFleet | Export-DecnetFleet -As Json | ConvertFrom-Json).deckies.Count | Should -Be 2
    }

    It 'writes for docker compose' {
        $yaml = Get-LabFleet | Export-DecnetFleet -As Compose
        $yaml | Should -Match 'services:'
        $yaml | Should -Match 'decnet_lan'
    }

    It 'takes the format from the ending, unless it is said' -ForEach @(
        @{ Name = 'a.yml'; As = @{}; Expected = 'services:' }
        @{ Name = 'b.json'; As = @{}; Expected = '"deckies"' }
        @{ Name = 'c.txt'; As = @{ As = 'Json' }; Expected = '"deckies"' }
    ) {
        $path = Join-Path $TestDrive $Name
        Get-LabFleet | Export-DecnetFleet $path @As
        Get-Content -LiteralPath $path -Raw | Should -Match $Expected
    }

    It 'asks for the format when nothing says it' {
        { Get-LabFleet | Export-DecnetFleet (Join-Path $TestDrive 'x.dat') } | Should -Throw -ErrorId 'FormatUnknown,Decnet.PowerShell.Commands.ExportDecnetFleetCommand'
    }

    It 'replaces a file with -Force only' {
        $path = Join-Path $TestDrive 'there.ini'
        Set-Content -LiteralPath $path -Value 'mine'
        { Get-LabFleet | Export-DecnetFleet $path } | Should -Throw -ErrorId 'PathExists,Decnet.PowerShell.Commands.ExportDecnetFleetCommand'
        Get-Content -LiteralPath $path | Should -Be 'mine'
        Get-LabFleet | Export-DecnetFleet $path -Force
        Get-Content -LiteralPath $path -Raw | Should -Match 'web-01'
    }

    It 'emits the file with -PassThru' {
        (Get-LabFleet | Export-DecnetFleet (Join-Path $TestDrive 'passed.ini') -PassThru).Name | Should -Be 'passed.ini'
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'whatif.ini'
        Get-LabFleet | Export-DecnetFleet $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'says that no fleet is deployed' {
        $null = Connect-Lab
        { Export-DecnetFleet -As Ini } | Should -Throw -ErrorId 'FleetFileMissing,Decnet.PowerShell.Commands.ExportDecnetFleetCommand'
    }
}
