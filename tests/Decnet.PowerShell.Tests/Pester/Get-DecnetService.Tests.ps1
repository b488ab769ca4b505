BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetService' {
    It 'lists services with their ports and settings' {
        $ssh = Get-DecnetService | Where-Object Name -EQ ssh
        $ssh.GetType().FullName | Should -Be 'Decnet.Shell.Output.Service'
        $ssh.DisplayName | Should -Be 'SSH'
        $ssh.Ports | Should -Be '22/tcp'
        $ssh.FleetSingleton | Should -BeFalse
        $ssh.ConfigFields.Name | Should -Contain 'password'
    }

    It 'knows services that a fleet has once' {
        Get-DecnetService | Where-Object FleetSingleton | Should -Not -BeNullOrEmpty
    }

    It 'tells which settings are secret, and no default of them' {
        $secret = (Get-DecnetService).ConfigFields | Where-Object Secret
        $secret | Should -Not -BeNullOrEmpty
        $secret.Default | Where-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'takes wildcards, in any case, and gives each service once' {
        $names = (Get-DecnetService S*, ss?).Name
        $names | Should -Contain 'ssh'
        $names | Should -Contain 'smb'
        $names | Where-Object { $_ -notlike 's*' } | Should -BeNullOrEmpty
        ($names | Select-Object -Unique).Count | Should -Be $names.Count
    }

    It 'takes names from the pipeline' {
        ('ssh', 'smb' | Get-DecnetService).Name | Should -Be 'ssh', 'smb'
        ([pscustomobject]@{ Name = 'ssh' } | Get-DecnetService).Name | Should -Be 'ssh'
    }

    It 'reports a name that no service has, with a proposal, and goes on' {
        $found = Get-DecnetService shh, smb -ErrorAction SilentlyContinue -ErrorVariable faults
        $found.Name | Should -Be 'smb'
        $faults[0].FullyQualifiedErrorId | Should -Be 'ServiceNotFound,Decnet.PowerShell.Commands.GetDecnetServiceCommand'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $faults[0].TargetObject | Should -Be 'shh'
        $faults[0].Exception.Message | Should -Match 'ssh'
    }

    It 'finds nothing for a wildcard that nothing fits, without an error' {
        Get-DecnetService 'zz*' | Should -BeNullOrEmpty
    }
}
