BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.TestDecnetHostCommand'
    $null = Connect-Lab
    $null = Register-LabHost rack1-host, rack2-host
}
AfterAll { Disconnect-Decnet }

Describe 'Test-DecnetHost' {
    It 'says of each host that does not answer why, and is no error' {
        $results = @(Test-DecnetHost -ErrorVariable failures)
        $results.Name | Sort-Object | Should -Be 'rack1-host', 'rack2-host'
        $results.Reachable | Should -Be $false, $false
        $results.Reason | Should -Be 'unreachable', 'unreachable'
        $results[0].Problem | Should -Match '127.0.0.1:1'
        $failures | Should -BeNullOrEmpty
    }

    It 'takes hosts from the pipeline, and none from an empty one' {
        @(Get-DecnetHost rack1* | Test-DecnetHost -ThrottleLimit 1).Name | Should -Be 'rack1-host'
        Get-DecnetHost -Status active | Test-DecnetHost | Should -BeNullOrEmpty
        @() | Test-DecnetHost -Quiet | Should -BeNullOrEmpty
    }

    It 'gives one answer with -Quiet' {
        Test-DecnetHost -Quiet | Should -BeExactly $false
    }

    It 'reports a name that no host has' {
        Test-DecnetHost rack3-host -Quiet -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeExactly $false
        $failures[0].FullyQualifiedErrorId | Should -Be "HostNotFound,$command"
    }

    It 'has nobody to ask elsewhere than on a master' {
        $null = Connect-Lab
        { Test-DecnetHost } | Should -Throw -ErrorId "MasterMissing,$command"
    }
}
