BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.StopDecnetWorkerCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Stop-DecnetWorker' {
    BeforeEach { $folder = (Connect-Lab).StateDirectory }

    It 'reports a name that no running worker has, and creates nothing' {
        Stop-DecnetWorker reconciler -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be "WorkerNotFound,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $folder | Should -Not -Exist
    }

    It 'does nothing for wildcards that nothing fits, nor for an empty pipeline' {
        Stop-DecnetWorker recon* -WhatIf | Should -BeNullOrEmpty
        Get-DecnetWorker | Stop-DecnetWorker | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }
}
