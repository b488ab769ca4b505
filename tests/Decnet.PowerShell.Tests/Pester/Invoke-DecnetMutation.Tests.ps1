BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.InvokeDecnetMutationCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Invoke-DecnetMutation' {
    BeforeEach {
        $null = Connect-Lab
        $containers = Get-LabContainers
        $null = New-LabDecky | Deploy-DecnetFleet
    }

    It 'gives a decky the services that are asked for' {
        $operation = Invoke-DecnetMutation web-01 -Service ftp, ssh
        $operation.Kind | Should -Be 'mutate'
        $operation.Status | Should -Be 'succeeded'
        (Get-DecnetDecky web-01).Services | Sort-Object | Should -Be @('ftp', 'ssh')
        $containers.List().Name | Should -Contain 'web-01-ftp'
        $containers.List().Name | Should -Not -Contain 'web-01-http'
    }

    It 'lets chance choose' {
        $null = Invoke-DecnetMutation web-02
        (Get-DecnetDecky web-02).Services -join ',' | Should -Not -Be 'http,ssh'
    }

    It 'shows the deckies after the operations with -PassThru' {
        $output = Get-DecnetDecky web-0[12] | Invoke-DecnetMutation -Service ftp -PassThru
        $output.Count | Should -Be 4
        $output[0, 1].Status | Should -Be @('succeeded', 'succeeded')
        $output[2, 3].Name | Should -Be @('web-01', 'web-02')
        $output[2].Services | Should -Be 'ftp'
    }

    It 'warns of a decky that keeps its services' {
        Invoke-DecnetMutation web-01 -Service http, ssh -WarningAction SilentlyContinue -WarningVariable warnings | Should -BeNullOrEmpty
        "$warnings" | Should -Match 'web-01'
    }

    It 'reports a name that the fleet does not have, and goes on' {
        $operations = Invoke-DecnetMutation nobody, web-03 -Service ftp -ErrorAction SilentlyContinue -ErrorVariable failures
        $operations.DeckyName | Should -Be 'web-03'
        $failures[0].FullyQualifiedErrorId | Should -Be "DeckyNotFound,$command"
        $failures[0].TargetObject | Should -Be 'nobody'
    }

    It 'refuses a service that there is not' {
        { Invoke-DecnetMutation web-01 -Service gopherd } | Should -Throw -ErrorId "FleetUnknownService,$command"
        (Get-DecnetDecky web-01).Services | Should -Be @('http', 'ssh')
    }

    It 'says that there is no fleet' {
        $null = Connect-Lab
        { Invoke-DecnetMutation web-01 } | Should -Throw -ErrorId "FleetFileMissing,$command"
    }

    It 'changes nothing with -WhatIf' {
        $changes = $containers.Changes
        Invoke-DecnetMutation web-* -Service ftp -WhatIf | Should -BeNullOrEmpty
        $containers.Changes | Should -Be $changes
        (Get-DecnetFleet).Generation | Should -Be 1
    }

    It 'does nothing for an empty pipeline' {
        @() | Invoke-DecnetMutation | Should -BeNullOrEmpty
    }

    It 'completes names and services' {
        (TabExpansion2 'Invoke-DecnetMutation web-0').CompletionMatches.CompletionText | Should -Contain 'web-02'
        (TabExpansion2 'Invoke-DecnetMutation web-01 -Service ft').CompletionMatches.CompletionText | Should -Contain 'ftp'
    }
}
