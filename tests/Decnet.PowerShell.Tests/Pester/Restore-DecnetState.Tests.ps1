BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Restore-DecnetState' {
    It 'restores a backup as a new generation, and changes no container' {
        $null = Start-LabFleet
        $backup = Backup-DecnetState
        Save-LabFleet (New-LabDecky 1)
        $changes = (Get-LabContainers).Changes
        $now = $backup | Restore-DecnetState
        $now.Kind, $now.Deckies, $now.IsCurrent | Should -Be 'generation', 3, $true
        $now.Generation | Should -BeGreaterThan 0
        (Get-DecnetFleet).Deckies.Count | Should -Be 3
        (Get-LabContainers).Changes | Should -Be $changes
    }

    It 'changes nothing with -WhatIf' {
        $null = Start-LabFleet
        $backup = Backup-DecnetState
        Save-LabFleet (New-LabDecky 1)
        Restore-DecnetState $backup.Path -WhatIf | Should -BeNullOrEmpty
        Restore-DecnetState $backup.Path -Database -WhatIf | Should -BeNullOrEmpty
        (Get-DecnetFleet).Deckies.Count | Should -Be 1
    }

    It 'restores a generation by its number, and its database on request' {
        $null = Start-LabFleet
        $null = Restore-DecnetState (Backup-DecnetState).Path
        $second = Backup-DecnetState
        $null = Restore-DecnetState $second.Path -Database -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $last = (Get-DecnetFleet).Generation
        (Restore-DecnetState -Generation ($last - 1)).Generation | Should -Be ($last + 1)
    }

    It 'says what cannot be restored' {
        $null = Start-LabFleet
        $of = 'Decnet.PowerShell.Commands.RestoreDecnetStateCommand'
        { Restore-DecnetState -Generation 99 } | Should -Throw -ErrorId "GenerationNotFound,$of"
        { Restore-DecnetState -Generation 0 } | Should -Throw -ErrorId "GenerationIsCurrent,$of"
        { Restore-DecnetState (Join-Path $TestDrive none.zip) } | Should -Throw -ErrorId "BackupNotFound,$of"
        Set-Content (Join-Path $TestDrive bad.zip) 'no zip'
        { Restore-DecnetState (Join-Path $TestDrive bad.zip) } | Should -Throw -ErrorId "BackupInvalid,$of"
        { Restore-DecnetState -List (Join-Path $TestDrive nowhere) } | Should -Throw -ErrorId "PathNotFound,$of"
    }

    It 'restores the backup of another host only when that is said' {
        $folder = (Start-LabFleet).StateDirectory
        $backup = Backup-DecnetState
        $null = Connect-Decnet -StateDirectory $folder -HostId edge-02 -Runtime Memory
        { Restore-DecnetState $backup.Path } | Should -Throw -ErrorId 'BackupOfOtherHost,Decnet.PowerShell.Commands.RestoreDecnetStateCommand'
        (Restore-DecnetState $backup.Path -AllowOtherHost).IsCurrent | Should -BeTrue
    }
}
