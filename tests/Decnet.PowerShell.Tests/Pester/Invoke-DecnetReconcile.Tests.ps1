BeforeDiscovery { . $PSScriptRoot/Interrupting.ps1 }
BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Invoke-DecnetReconcile' {
    It 'emits what it did' {
        $null = Connect-Lab
        Save-LabFleet
        $result = Invoke-DecnetReconcile -Repair Recreate
        $result.Inserted, $result.Repaired, $result.Held, $result.HoldReason | Should -Be 3, 3, $false, $null
        $result.Duration | Should -BeOfType timespan
        $result.Steps.Outcome | Sort-Object -Unique | Should -Be 'done'
        (Get-LabContainers).Count | Should -Be 9
    }

    It 'mirrors into rows and touches no container by default' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        $changes = (Get-LabContainers).Changes
        $result = Invoke-DecnetReconcile
        $result.StateUpdated, $result.Repaired | Should -Be 1, 0
        (Get-LabContainers).Changes | Should -Be $changes
    }

    It 'says held, warns and deletes nothing without a fleet file' {
        $context = Connect-Lab
        $result = Invoke-DecnetReconcile -Repair Recreate -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Held | Should -BeTrue
        $result.HoldReason | Should -Match 'desired_missing'
        $warnings | Should -Match 'desired_missing'
        $context.StateDirectory | Should -Not -Exist
    }

    It 'carries out exactly a plan that comes through the pipeline' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        $result = Get-DecnetPlan -Repair Restart | Invoke-DecnetReconcile
        $result.Repaired | Should -Be 1
        $result.Steps[0].Action, $result.Steps[0].DeckyName, $result.Steps[0].Outcome | Should -Be 'update_state', 'web-01', 'done'
    }

    It 'carries out the part of a plan' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        (Get-LabContainers).Kill('web-02-ssh')
        (Invoke-DecnetReconcile -Plan (Get-DecnetPlan -Repair Restart).Only('web-02')).Repaired | Should -Be 1
        ((Get-LabContainers).List() | Where-Object State -ne running).Name | Should -Be 'web-01-ssh'
    }

    It 'refuses each plan that is out of date, and changes nothing' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        $plan = Get-DecnetPlan -Repair Restart
        (Get-LabContainers).Kill('web-02-ssh')
        $changes = (Get-LabContainers).Changes
        $plan, $plan | Invoke-DecnetReconcile -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be (@('PlanStale,Decnet.PowerShell.Commands.InvokeDecnetReconcileCommand') * 2)
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failed[0].TargetObject | Should -Be $plan
        (Get-LabContainers).Changes | Should -Be $changes
    }

    It 'reports a decky that cannot be repaired, and repairs the others' {
        $null = Start-LabFleet
        (Get-LabContainers).Remove('web-01')
        (Get-LabContainers).Kill('web-02-ssh')
        (Get-LabContainers).MissImages((New-LabDecky 1).BaseImage)
        $result = Invoke-DecnetReconcile -Repair Recreate -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be 'RepairFailed,Decnet.PowerShell.Commands.InvokeDecnetReconcileCommand'
        $failed.CategoryInfo.Category | Should -Be 'InvalidResult'
        $failed.TargetObject | Should -Be 'web-01'
        $result.Repaired | Should -Be 1
        ($result.Steps | Where-Object Outcome -eq failed).DeckyName | Should -Contain 'web-01'
    }

    It 'changes nothing with -WhatIf, and says what would be done for each decky' {
        $context = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        (Get-LabContainers).Kill('web-02-ssh')
        $changes = (Get-LabContainers).Changes
        $last = (Get-DecnetEvent -Last 1).Sequence
        $said = pwsh -NoProfile -Command {
            param($module, $state)
            Import-Module $module
            $null = Connect-Decnet -StateDirectory $state -Runtime Memory
            Invoke-DecnetReconcile -Repair Recreate -WhatIf
        } -args (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1'), $context.StateDirectory
        "$said" | Should -Match 'decky web-01'
        "$said" | Should -Match 'replace_decky'
        Invoke-DecnetReconcile -Repair Recreate -WhatIf | Should -BeNullOrEmpty
        Get-DecnetPlan -Repair Recreate | Invoke-DecnetReconcile -WhatIf | Should -BeNullOrEmpty
        (Get-LabContainers).Changes | Should -Be $changes
        (Get-DecnetEvent -Last 1).Sequence | Should -Be $last
    }

    It 'asks for each decky with -Confirm, and leaves those alone that are declined' {
        $script = Join-Path $TestDrive confirm.ps1
        Set-Content $script @"
            `$TestDrive = '$TestDrive'
            . '$PSScriptRoot/Lab.ps1'
            `$null = Start-LabFleet
            'web-01', 'web-02', 'web-03' | ForEach-Object { (Get-LabContainers).Kill("`$_-ssh") }
            "repaired: `$((Invoke-DecnetReconcile -Repair Restart -Confirm).Repaired)"
            "left: `$(((Get-LabContainers).List() | Where-Object State -ne running).Name)"
            "told: `$((Get-DecnetEvent -Topic 'decky.*.state' | Where-Object { `$_.Payload.transition -eq 'state_changed' }).Payload.name)"
"@
        $said = 'y', 'n', 'y' | pwsh -NoProfile -File $script
        $said | Should -Contain 'repaired: 2'
        $said | Should -Contain 'left: web-02-ssh'
        $said | Should -Contain 'told: web-01 web-03'
    }

    It 'does not make a database with -WhatIf' {
        $context = Connect-Lab
        Save-LabFleet
        Invoke-DecnetReconcile -Repair Recreate -WhatIf | Should -BeNullOrEmpty
        (Get-ChildItem $context.StateDirectory -Recurse -File).Name | Should -Be 'decnet-state.json'
        (Get-LabContainers).Count | Should -Be 0
    }

    It 'has no -Repair with -Plan, and no -Interval without -Continuous' {
        $null = Start-LabFleet
        { Invoke-DecnetReconcile -Plan (Get-DecnetPlan) -Repair Restart } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Invoke-DecnetReconcile -Repair Restart -Interval 0:0:5 -Plan (Get-DecnetPlan) } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'completes and checks the mode of repair' {
        { Invoke-DecnetReconcile -Repair Sometimes } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        (TabExpansion2 'Invoke-DecnetReconcile -Repair ').CompletionMatches.CompletionText | Should -Be 'Off', 'Recreate', 'Restart'
    }

    It 'runs continuously until it is stopped, and says so in the row of its worker' {
        $null = Connect-Lab
        Save-LabFleet
        $result = Invoke-DecnetReconcile -Continuous -Repair Recreate -Interval 0:0:1 | Select-Object -First 1
        $result.Repaired | Should -Be 3
        $ended = (Get-DecnetEvent -Topic "system.pwsh-$PID.health" -Last 1).Payload
        $ended.status | Should -Be 'stopped'
    }

    It 'ends on Ctrl+C at once, and says so in the row of its worker' -Skip:(-not $canInterrupt) {
        $folder = Join-Path $TestDrive interrupted
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
        Save-LabFleet
        $script = Join-Path $TestDrive continuous.ps1
        Set-Content $script @"
            Import-Module '$PSScriptRoot/../../../out/Decnet/Decnet.psd1'
            `$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
            Invoke-DecnetReconcile -Continuous -Repair Recreate
"@
        $other = Start-Process env -ArgumentList '--default-signal=INT', 'pwsh', '-NoProfile', '-File', $script -PassThru -RedirectStandardOutput (Join-Path $TestDrive out.txt)
        try {
            $null = Watch-DecnetEvent -Topic 'decky.local:web-03.state' -After 0 -Count 1 -Timeout 0:1:0
            $health = "system.pwsh-$($other.Id).health"
            (Get-DecnetEvent -Topic $health -Last 1).Payload.status | Should -Be 'alive'
            /bin/kill -INT $other.Id
            # Its interval is 30 seconds; a busy machine needs time to end a process.
            $other.WaitForExit(20000) | Should -BeTrue
            (Get-DecnetEvent -Topic $health -Last 1).Payload.status | Should -Be 'stopped'
        }
        finally { if (-not $other.HasExited) { $other.Kill() } }
    }

    It 'does not run continuously with -WhatIf, and refuses an interval that is none' {
        $context = Connect-Lab
        Invoke-DecnetReconcile -Continuous -WhatIf | Should -BeNullOrEmpty
        { Invoke-DecnetReconcile -Continuous -Interval 30 } | Should -Throw -ErrorId 'IntervalInvalid,Decnet.PowerShell.Commands.InvokeDecnetReconcileCommand'
        $context.StateDirectory | Should -Not -Exist
    }
}
