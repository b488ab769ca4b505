BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetPlan' {
    It 'holds without a fleet file, and creates nothing' {
        $context = Connect-Lab
        $plan = Get-DecnetPlan
        $plan.Holds.Kind | Should -Be 'desired_missing'
        $plan.IsConverged | Should -BeFalse
        $plan.Steps | Should -BeNullOrEmpty
        $context.StateDirectory | Should -Not -Exist
    }

    It 'has nothing to do for a fleet that is as it should be' {
        $null = Start-LabFleet
        $plan = Get-DecnetPlan -Repair Recreate
        $plan.IsConverged | Should -BeTrue
        $plan.Fingerprint | Should -Match '^[0-9a-f]{64}$'
        $plan.HostId | Should -Be 'local'
        $plan.MadeAt | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(-5))
    }

    It 'mirrors by default, and touches containers only when asked' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        $changes = (Get-LabContainers).Changes
        (Get-DecnetPlan).Steps.Action | Should -Be 'update_state'
        $step = (Get-DecnetPlan -Repair Restart).Steps | Where-Object Container
        $step.Action, $step.DeckyName, $step.Container, $step.Service | Should -Be 'start_container', 'web-01', 'web-01-ssh', 'ssh'
        $step.Reason | Should -BeLike 'web-01-ssh exited*'
        (Get-LabContainers).Changes | Should -Be $changes
    }

    It 'shows previous and next state of rows' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        $step = (Get-DecnetPlan).Steps
        $step.PreviousState, $step.State | Should -Be 'running', 'degraded'
    }

    It 'holds deletions over the budget, given as number or share' {
        $null = Start-LabFleet
        Save-LabFleet (New-LabDecky 1)
        (Get-DecnetPlan).Steps.Action | Should -Be 'delete', 'delete'
        foreach ($budget in 1, '50%') {
            $plan = Get-DecnetPlan -MaxDeletions $budget
            $plan.Steps | Should -BeNullOrEmpty
            $plan.Holds.Kind | Should -Be 'deletion_budget'
            $plan.Holds.Deckies | Should -Be 'web-02', 'web-03'
        }
        { Get-DecnetPlan -MaxDeletions some } | Should -Throw -ErrorId 'MaxDeletionsInvalid,Decnet.PowerShell.Commands.GetDecnetPlanCommand'
    }

    It 'lists strays, and removes them only when asked' {
        $null = Start-LabFleet
        Save-LabFleet (New-LabDecky 2)
        (Get-DecnetPlan).Strays | Sort-Object | Should -Be 'web-03', 'web-03-http', 'web-03-ssh'
        ((Get-DecnetPlan -RemoveStrays).Steps | Where-Object Action -eq 'remove_container').Container | Sort-Object |
            Should -Be 'web-03', 'web-03-http', 'web-03-ssh'
    }

    It 'says that the engine is away as a hold' {
        $null = Start-LabFleet
        (Get-LabContainers).Disconnect('gone fishing')
        $hold = (Get-DecnetPlan -Repair Recreate).Holds
        $hold.Kind | Should -Be 'runtime_unreachable'
        $hold.Reason | Should -Match 'gone fishing'
    }

    It 'gives the part of a plan for some deckies' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        (Get-LabContainers).Kill('web-02-ssh')
        $plan = Get-DecnetPlan
        $part = $plan.Only('web-02')
        $part.Steps.DeckyName | Should -Be 'web-02'
        $part.Fingerprint | Should -Be $plan.Fingerprint
    }
}
