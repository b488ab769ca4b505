BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetDistro' {
    It 'lists distributions with the images that are pinned for them' {
        $distros = Get-DecnetDistro
        $distros[0].GetType().FullName | Should -Be 'Decnet.Shell.Output.Distro'
        $distros.Name | Should -Contain 'debian'
        $distros.DisplayName | Where-Object { -not $_ } | Should -BeNullOrEmpty
        $distros.Image | Where-Object { $_ -notmatch '@sha256:[0-9a-f]{64}$' } | Should -BeNullOrEmpty
    }

    It 'takes wildcards' {
        (Get-DecnetDistro ubuntu*).Name | Should -Be 'ubuntu22', 'ubuntu20'
        Get-DecnetDistro 'zz*' | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline' {
        ('debian', 'alpine' | Get-DecnetDistro).Name | Should -Be 'debian', 'alpine'
        ([pscustomobject]@{ Name = 'debian' } | Get-DecnetDistro).Name | Should -Be 'debian'
    }

    It 'reports a name that no distribution has, and goes on' {
        $found = Get-DecnetDistro debain, alpine -ErrorAction SilentlyContinue -ErrorVariable faults
        $found.Name | Should -Be 'alpine'
        $faults[0].FullyQualifiedErrorId | Should -Be 'DistroNotFound,Decnet.PowerShell.Commands.GetDecnetDistroCommand'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $faults[0].Exception.Message | Should -Match 'debian'
    }
}
