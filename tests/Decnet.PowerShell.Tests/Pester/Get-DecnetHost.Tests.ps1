BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.GetDecnetHostCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetHost' {
    Context 'where no host is enrolled' {
        BeforeEach { $folder = (Connect-Lab).StateDirectory }

        It 'shows none, and creates nothing' {
            Get-DecnetHost | Should -BeNullOrEmpty
            Get-DecnetHost rack* | Should -BeNullOrEmpty
            $folder | Should -Not -Exist
        }
    }

    Context 'with hosts' {
        BeforeAll {
            $null = Connect-Lab
            $null = Register-LabHost rack2-host, rack1-host
        }

        It 'shows them by name' {
            (Get-DecnetHost).Name | Should -Be 'rack1-host', 'rack2-host'
            (Get-DecnetHost *2*).Name | Should -Be 'rack2-host'
            ('rack1-host' | Get-DecnetHost).HostId | Should -Be 'rack1-host'
        }

        It 'shows what the master knows' {
            $shown = Get-DecnetHost rack1-host
            $shown.Status | Should -BeExactly 'enrolled'
            "$($shown.Address):$($shown.Port)" | Should -Be '127.0.0.1:1'
            $shown.Fingerprint | Should -MatchExactly '^[0-9a-f]{64}$'
            $shown.LastHeartbeat | Should -BeNullOrEmpty
            $shown.Deckies | Should -Be 0
        }

        It 'chooses by status' {
            Get-DecnetHost -Status active, lost | Should -BeNullOrEmpty
            (Get-DecnetHost -Status Enrolled).Count | Should -Be 2
            { Get-DecnetHost -Status nice } | Should -Throw -ErrorId "StatusInvalid,$command"
        }

        It 'reports a name that no host has, and goes on' {
            (Get-DecnetHost rack3-host, rack1-host -ErrorAction SilentlyContinue -ErrorVariable failures).Name | Should -Be 'rack1-host'
            $failures[0].FullyQualifiedErrorId | Should -Be "HostNotFound,$command"
            $failures[0].Exception.Message | Should -Match 'rack1-host'
        }

        It 'leaves a JSON that tells all' {
            $read = Get-DecnetHost rack1-host | ConvertTo-Json | ConvertFrom-Json
            $read.Name, $read.Status | Should -Be 'rack1-host', 'enrolled'
        }
    }
}
