BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.RemoveDecnetDeckyCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Remove-DecnetDecky' {
    BeforeEach {
        $folder = (Connect-Lab).StateDirectory
        $containers = Get-LabContainers
        $null = New-LabDecky | Deploy-DecnetFleet
    }

    It 'removes containers, row and entry, and emits nothing' {
        Remove-DecnetDecky web-01 -Force | Should -BeNullOrEmpty
        $containers.List() | Where-Object DeckyName -eq web-01 | Should -BeNullOrEmpty
        $containers.Count | Should -Be 6
        @(Get-DecnetDecky).Name | Should -Be @('web-02', 'web-03')
        (Get-DecnetFleet).Deckies.Name | Should -Be @('web-02', 'web-03')
    }

    It 'emits the operations with -PassThru' {
        $operations = Remove-DecnetDecky web-01, web-0[2] -Confirm:$false -PassThru
        $operations.DeckyName | Sort-Object | Should -Be @('web-01', 'web-02')
        $operations.Kind | Should -Be @('teardown', 'teardown')
        $operations.Status | Should -Be @('succeeded', 'succeeded')
    }

    It 'takes names, rows and deckies through the pipeline' {
        'web-01' | Remove-DecnetDecky -Force
        Get-DecnetDecky web-02 | Remove-DecnetDecky -Force
        (Get-DecnetFleet).Deckies | Remove-DecnetDecky -Force
        Get-DecnetDecky | Should -BeNullOrEmpty
        (Get-DecnetFleet).Deckies | Should -BeNullOrEmpty
    }

    It 'does the work in one go' {
        Remove-DecnetDecky web-* -Force
        (Get-DecnetFleet).Generation | Should -Be 2
    }

    It 'removes the whole fleet with -All' {
        $operations = Remove-DecnetDecky -All -Force -PassThru
        $operations.Count | Should -Be 3
        $containers.Count | Should -Be 0
        (Get-DecnetFleet).Deckies | Should -BeNullOrEmpty
    }

    It 'removes what is left of a decky that nobody knows any more' {
        Remove-Item (Join-Path $folder 'decnet-state.json*')
        Remove-DecnetDecky web-03 -Force
        $containers.List() | Where-Object DeckyName -eq web-03 | Should -BeNullOrEmpty
        $containers.Count | Should -Be 6
    }

    It 'reports a name that nothing has, and removes the others' {
        Remove-DecnetDecky nobody, web-01 -Force -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "DeckyNotFound,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'nobody'
        @(Get-DecnetDecky).Count | Should -Be 2
    }

    It 'does nothing for wildcards that nothing fits' {
        $changes = $containers.Changes
        Remove-DecnetDecky mail-* -Force
        @() | Remove-DecnetDecky -Force
        $containers.Changes | Should -Be $changes
    }

    It 'changes nothing with -WhatIf, also with -Force' {
        $changes = $containers.Changes
        Remove-DecnetDecky web-01 -WhatIf
        Remove-DecnetDecky web-* -Force -WhatIf
        Remove-DecnetDecky -All -Force -WhatIf
        $WhatIfPreference = $true
        Remove-DecnetDecky -All -Force
        $WhatIfPreference = $false
        $containers.Changes | Should -Be $changes
        (Get-DecnetFleet).Generation | Should -Be 1
    }

    It 'asks by default' {
        $meta = [System.Management.Automation.CommandMetadata]::new((Get-Command Remove-DecnetDecky))
        $meta.ConfirmImpact | Should -Be 'High'
        $script = @"
            Import-Module '$($PSScriptRoot)/../../../out/Decnet/Decnet.psd1'
            `$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
            try { Remove-DecnetDecky web-01 -ErrorAction Stop } catch { 'ASKED' }
            Remove-DecnetDecky web-02 -Force
            (Get-DecnetDecky).Name -join ','
"@
        (pwsh -NoProfile -NonInteractive -Command $script) | Should -Be @('ASKED', 'web-01,web-03')
    }

    It 'leaves nothing open when it is stopped, and goes on when it is asked again' {
        $containers.Slow([timespan]::FromMilliseconds(40))
        $first = Remove-DecnetDecky web-* -Force -PassThru | Select-Object -First 1
        $first.Status | Should -Be 'succeeded'
        $all = Get-DecnetOperation -Last 3 | Wait-DecnetOperation -Timeout 00:00:10
        $all.Status | Should -Not -Contain 'running'
        $containers.Slow([timespan]::Zero)
        (Get-DecnetFleet).Deckies | Should -BeNullOrEmpty
        Remove-DecnetDecky * -Force
        Get-DecnetDecky | Should -BeNullOrEmpty
        $containers.Count | Should -Be 0
    }
}
