BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Backup-DecnetState' {
    It 'makes a backup in the state folder, and lists it' {
        $context = Start-LabFleet
        $backup = Backup-DecnetState
        $backup.Kind, $backup.Generation, $backup.Deckies, $backup.HostId | Should -Be 'backup', 0, 3, 'local'
        Split-Path $backup.Path | Should -Be (Join-Path $context.StateDirectory 'backups')
        $backup.Path | Should -Exist
        (Backup-DecnetState -List).Kind | Should -Be 'generation', 'backup'
        (Restore-DecnetState -List).Path | Should -Contain $backup.Path
    }

    It 'takes a path relative to the location, and replaces a file only when forced' {
        $null = Start-LabFleet
        Push-Location $TestDrive
        try {
            (Backup-DecnetState ./mine.zip).Path | Should -Be (Join-Path $TestDrive 'mine.zip')
            { Backup-DecnetState ./mine.zip } | Should -Throw -ErrorId 'BackupExists,Decnet.PowerShell.Commands.BackupDecnetStateCommand'
            (Backup-DecnetState ./mine.zip -Force).Path | Should -Exist
        }
        finally { Pop-Location }
    }

    It 'makes nothing with -WhatIf, nor where there is no fleet' {
        $context = Connect-Lab
        { Backup-DecnetState } | Should -Throw -ErrorId 'FleetFileMissing,Decnet.PowerShell.Commands.BackupDecnetStateCommand'
        $context.StateDirectory | Should -Not -Exist
        $context = Start-LabFleet
        Backup-DecnetState -WhatIf | Should -BeNullOrEmpty
        Join-Path $context.StateDirectory 'backups' | Should -Not -Exist
    }
}
