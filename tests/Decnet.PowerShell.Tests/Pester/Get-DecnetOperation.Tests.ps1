BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.GetDecnetOperationCommand'
    $null = Connect-Lab
    $deployed = New-LabDecky | Deploy-DecnetFleet
    $mutated = Invoke-DecnetMutation web-01 -Service ftp
}
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetOperation' {
    It 'lists all, newest first' {
        $all = Get-DecnetOperation
        $all.Count | Should -Be 4
        $created = $all.CreatedAt
        ($created | Sort-Object -Descending) -join ' ' | Should -Be ($created -join ' ')
    }

    It 'shows what was done' {
        $operation = Get-DecnetOperation -Id $mutated.Id
        $operation.DeckyName | Should -Be 'web-01'
        $operation.Kind | Should -Be 'mutate'
        $operation.Status | Should -Be 'succeeded'
        $operation.Duration | Should -BeOfType [timespan]
    }

    It 'restricts by name, with wildcards' {
        @(Get-DecnetOperation web-01).Count | Should -Be 2
        @(Get-DecnetOperation web-0[23]).Count | Should -Be 2
        Get-DecnetOperation mail-* | Should -BeNullOrEmpty
    }

    It 'restricts by status and number' {
        @(Get-DecnetOperation -Status Succeeded).Count | Should -Be 4
        (Get-DecnetOperation web-01 -Last 1).Kind | Should -Be 'mutate'
        { Get-DecnetOperation -Status done } | Should -Throw -ErrorId "StatusInvalid,$command"
    }

    It 'takes operations, ids and rows through the pipeline' {
        @($deployed | Get-DecnetOperation).Id | Should -Be $deployed.Id
        ($mutated.Id | Get-DecnetOperation).Kind | Should -Be 'mutate'
        @(Get-DecnetDecky web-02 | Get-DecnetOperation).DeckyName | Should -Be 'web-02'
    }

    It 'reports what nothing is known of' {
        $unknown = [guid]::NewGuid()
        Get-DecnetOperation -Id $unknown -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be "OperationNotFound,$command"
        $failures[0].TargetObject | Should -Be $unknown
        { Get-DecnetOperation nobody -ErrorAction Stop } | Should -Throw -ErrorId "DeckyNotFound,$command"
    }

    It 'is silent about a decky on which nothing was done with that status' {
        Get-DecnetOperation web-02 -Status failed | Should -BeNullOrEmpty
    }

    It 'completes statuses' {
        (TabExpansion2 'Get-DecnetOperation -Status succ').CompletionMatches.CompletionText | Should -Be 'succeeded'
    }
}
