BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.GetDecnetWorkerCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetWorker' {
    BeforeEach { $folder = (Connect-Lab).StateDirectory }

    It 'shows none where none has worked, and creates nothing' {
        Get-DecnetWorker | Should -BeNullOrEmpty
        Get-DecnetWorker recon* | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }

    It 'reports a name that no worker has' {
        'reconciler' | Get-DecnetWorker -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be "WorkerNotFound,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'reconciler'
    }

    It 'says what its output has' {
        (Get-Command Get-DecnetWorker).OutputType.Type.GetProperties().Name | Sort-Object |
            Should -Be @('HostId', 'LastBeat', 'Name', 'ProcessId', 'StartedAt', 'Status')
    }
}
