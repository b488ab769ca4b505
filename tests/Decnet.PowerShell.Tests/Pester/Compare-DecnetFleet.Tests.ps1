BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Compare-DecnetFleet' {
    It 'emits nothing for a fleet that is as it should be' {
        $null = Start-LabFleet
        Compare-DecnetFleet | Should -BeNullOrEmpty
    }

    It 'emits one object for each difference' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-02-ssh', 3)
        $changes = (Get-LabContainers).Changes
        $drift = Compare-DecnetFleet
        $drift.Kind | Should -Be 'row_state', 'container_stopped'
        $drift[1].DeckyName, $drift[1].Container, $drift[1].Expected, $drift[1].Actual | Should -Be 'web-02', 'web-02-ssh', 'running', 'exited (3)'
        $drift[1].Reason | Should -BeLike 'web-02-ssh exited*'
        (Get-LabContainers).Changes | Should -Be $changes
    }

    It 'takes names, wildcards, and names from the pipeline' {
        $null = Start-LabFleet
        'web-01', 'web-02', 'web-03' | ForEach-Object { (Get-LabContainers).Remove("$_-ssh") }
        (Compare-DecnetFleet web-02 | Where-Object Container).Container | Should -Be 'web-02-ssh'
        (Compare-DecnetFleet *-0[12] | Where-Object Container).Container | Should -Be 'web-01-ssh', 'web-02-ssh'
        ('web-03', 'web-01' | Compare-DecnetFleet | Where-Object Container).Container | Should -Be 'web-01-ssh', 'web-03-ssh'
        ((Get-DecnetPlan -Repair Recreate).Only('web-02').Steps | Compare-DecnetFleet | Where-Object Container).Container | Should -Be 'web-02-ssh'
        @() | Compare-DecnetFleet | Should -BeNullOrEmpty
        Compare-DecnetFleet nothing* | Should -BeNullOrEmpty
    }

    It 'reports a name that no decky has, and goes on' {
        $null = Start-LabFleet
        (Get-LabContainers).Remove('web-01-ssh')
        $drift = Compare-DecnetFleet web-99, web-01 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be 'DeckyNotFound,Decnet.PowerShell.Commands.CompareDecnetFleetCommand'
        $failed.TargetObject | Should -Be 'web-99'
        $drift.Kind | Should -Contain 'container_missing'
    }

    It 'is an error without a fleet file or an engine' {
        $context = Connect-Lab
        { Compare-DecnetFleet } | Should -Throw -ErrorId 'FleetFileMissing,Decnet.PowerShell.Commands.CompareDecnetFleetCommand'
        $context.StateDirectory | Should -Not -Exist
        $null = Start-LabFleet
        (Get-LabContainers).Disconnect()
        { Compare-DecnetFleet } | Should -Throw -ErrorId 'EngineUnreachable,Decnet.PowerShell.Commands.CompareDecnetFleetCommand'
    }

    It 'completes names without an engine' {
        $null = Start-LabFleet
        (Get-LabContainers).Disconnect()
        (TabExpansion2 'Compare-DecnetFleet web-').CompletionMatches.CompletionText | Should -Be 'web-01', 'web-02', 'web-03'
    }
}

Describe 'Test-DecnetFleet' {
    It 'tells whether the fleet is as it should be' {
        $null = Start-LabFleet
        Test-DecnetFleet | Should -BeExactly $true
        (Get-LabContainers).Kill('web-02-ssh')
        Test-DecnetFleet | Should -BeExactly $false
        Test-DecnetFleet -Name web-01, web-03 | Should -BeExactly $true
        'web-01', 'web-02' | Test-DecnetFleet | Should -BeExactly $false
    }

    It 'gives no answer without a fleet file or an engine' {
        $null = Connect-Lab
        { Test-DecnetFleet } | Should -Throw -ErrorId 'FleetFileMissing,Decnet.PowerShell.Commands.TestDecnetFleetCommand'
        $null = Start-LabFleet
        (Get-LabContainers).Disconnect()
        { Test-DecnetFleet } | Should -Throw -ErrorId 'EngineUnreachable,Decnet.PowerShell.Commands.TestDecnetFleetCommand'
    }

    It 'is false for a name that no decky has' {
        $null = Start-LabFleet
        Test-DecnetFleet web-99 -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeExactly $false
        $failed.FullyQualifiedErrorId | Should -Be 'DeckyNotFound,Decnet.PowerShell.Commands.TestDecnetFleetCommand'
    }
}
