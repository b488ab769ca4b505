BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.UnregisterDecnetHostCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Unregister-DecnetHost' {
    BeforeEach {
        $folder = (Connect-Lab).StateDirectory
        $null = Register-LabHost rack1-host, rack2-host
    }

    It 'takes hosts out of the fleet, and revokes their certificates' {
        $list = Join-Path $folder 'pki/ca.crl'
        $before = Get-Content $list -Raw
        Unregister-DecnetHost rack1-host -Confirm:$false | Should -BeNullOrEmpty
        (Get-DecnetHost).Name | Should -Be 'rack2-host'
        Get-Content $list -Raw | Should -Not -Be $before
        (Get-DecnetHost | Unregister-DecnetHost -Confirm:$false -PassThru).Name | Should -Be 'rack2-host'
        Get-DecnetHost | Should -BeNullOrEmpty
    }

    It 'reports a name that no host has, and goes on' {
        Unregister-DecnetHost rack3-host, rack2-host -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "HostNotFound,$command"
        (Get-DecnetHost).Name | Should -Be 'rack1-host'
    }

    It 'leaves a host with deckies alone, unless it is forced' {
        $null = New-LabDecky -Count 1 | Deploy-DecnetFleet -HostId rack1-host -NoWait
        Disconnect-Decnet
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
        Unregister-DecnetHost rack1-host -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "HostInUse,$command"
        $failures[0].Exception.Message | Should -Match 'web-01'
        Unregister-DecnetHost rack1-host -Force -Confirm:$false
        (Get-DecnetHost).Name | Should -Be 'rack2-host'
        Get-DecnetDecky | Should -BeNullOrEmpty
        (Get-DecnetFleet).Deckies | Should -BeNullOrEmpty
    }

    It 'says that a host cannot be told to remove itself when its agent does not answer' {
        Unregister-DecnetHost rack1-host -SelfDestruct -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "HostUnreachable,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        (Get-DecnetHost).Count | Should -Be 2
    }

    It 'does not both force and let it remove itself' {
        { Unregister-DecnetHost rack1-host -SelfDestruct -Force } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}
