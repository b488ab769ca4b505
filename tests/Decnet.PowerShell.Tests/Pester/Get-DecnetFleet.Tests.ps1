BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetFleet' {
    BeforeEach {
        $folder = (Connect-Lab).StateDirectory
        $file = Join-Path $folder 'decnet-state.json'
    }

    It 'shows the fleet, its generation and the condition of its file' {
        $null = New-LabDecky | Deploy-DecnetFleet -Driver Bridge
        $fleet = Get-DecnetFleet
        $fleet.Deckies.Name | Should -Be @('web-01', 'web-02', 'web-03')
        "$($fleet.Subnet)" | Should -Be '198.18.30.0/24'
        "$($fleet.Gateway)" | Should -Be '198.18.30.1'
        $fleet.Driver | Should -Be 'bridge'
        $fleet.Interface | Should -BeNullOrEmpty
        $fleet.Generation | Should -Be 1
        $fleet.Condition | Should -Be 'saved'
        $fleet.Path | Should -Be $file
    }

    It 'says that there is no fleet file, and creates nothing' {
        Get-DecnetFleet -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'FleetFileMissing,Decnet.PowerShell.Commands.GetDecnetFleetCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $folder | Should -Not -Exist
    }

    It 'says why a file cannot be read, and the way back' {
        $null = New-LabDecky | Deploy-DecnetFleet
        Set-Content $file '{ "version": '
        Get-DecnetFleet -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'FleetFileCorrupt,Decnet.PowerShell.Commands.GetDecnetFleetCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        "$($failures[0])" | Should -Match 'Restore-DecnetState'
    }

    It 'warns of a file that was edited by hand' {
        $null = New-LabDecky | Deploy-DecnetFleet
        (Get-Content $file -Raw).Replace('"web-03"', '"web-33"') | Set-Content $file -NoNewline
        $fleet = Get-DecnetFleet -WarningAction SilentlyContinue -WarningVariable warnings
        $fleet.Condition | Should -Be 'edited_by_hand'
        $fleet.Deckies.Name | Should -Contain 'web-33'
        $warnings | Should -Not -BeNullOrEmpty
    }
}
