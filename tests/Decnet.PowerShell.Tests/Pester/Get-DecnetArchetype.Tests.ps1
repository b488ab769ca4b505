BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetArchetype' {
    It 'lists roles with what deckies of them are made of' {
        $server = Get-DecnetArchetype linux-server
        $server.GetType().FullName | Should -Be 'Decnet.Shell.Output.Archetype'
        $server.DisplayName | Should -Not -BeNullOrEmpty
        $server.NmapOs | Should -Be 'linux'
        $server.Services | Should -Not -BeNullOrEmpty
        $server.Distros | Should -Not -BeNullOrEmpty
    }

    It 'names services and distros that there are' {
        $roles = Get-DecnetArchetype
        { Get-DecnetService ($roles.Services | Select-Object -Unique) } | Should -Not -Throw
        { Get-DecnetDistro ($roles.Distros | Select-Object -Unique) } | Should -Not -Throw
    }

    It 'takes wildcards' {
        (Get-DecnetArchetype windows-*).Name | Should -Be 'windows-workstation', 'windows-server'
        Get-DecnetArchetype 'zz*' | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline' {
        ('linux-server' | Get-DecnetArchetype).Name | Should -Be 'linux-server'
        ([pscustomobject]@{ Name = 'linux-server' } | Get-DecnetArchetype).Name | Should -Be 'linux-server'
    }

    It 'reports a name that no role has, and goes on' {
        $found = Get-DecnetArchetype linux-servre, linux-server -ErrorAction SilentlyContinue -ErrorVariable faults
        $found.Name | Should -Be 'linux-server'
        $faults[0].FullyQualifiedErrorId | Should -Be 'ArchetypeNotFound,Decnet.PowerShell.Commands.GetDecnetArchetypeCommand'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $faults[0].TargetObject | Should -Be 'linux-servre'
    }
}
