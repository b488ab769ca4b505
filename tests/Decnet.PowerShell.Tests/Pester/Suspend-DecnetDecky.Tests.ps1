BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.SuspendDecnetDeckyCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Suspend-DecnetDecky' {
    BeforeEach {
        $null = Connect-Lab
        $null = New-LabDecky | Deploy-DecnetFleet
    }

    It 'suspends deckies, and emits nothing' {
        Suspend-DecnetDecky web-01, web-0[3] -Reason forensics | Should -BeNullOrEmpty
        @(Get-DecnetDecky | Where-Object Suspended).Name | Should -Be @('web-01', 'web-03')
    }

    It 'emits the rows with -PassThru' {
        $row = Suspend-DecnetDecky web-02 -PassThru
        $row.Name | Should -Be 'web-02'
        $row.Suspended | Should -BeTrue
    }

    It 'suspends the whole fleet' {
        @(Suspend-DecnetDecky -All -PassThru).Suspended | Should -Be @($true, $true, $true)
    }

    It 'takes rows and names through the pipeline' {
        Get-DecnetDecky web-01 | Suspend-DecnetDecky
        'web-02' | Suspend-DecnetDecky
        @(Get-DecnetDecky | Where-Object Suspended).Name | Should -Be @('web-01', 'web-02')
    }

    It 'reports a name that no decky has, and goes on' {
        Suspend-DecnetDecky nobody, web-01 -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "DeckyNotFound,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        (Get-DecnetDecky web-01).Suspended | Should -BeTrue
    }

    It 'changes nothing with -WhatIf' {
        Suspend-DecnetDecky web-01 -WhatIf
        Suspend-DecnetDecky -All -WhatIf
        Get-DecnetDecky | Where-Object Suspended | Should -BeNullOrEmpty
    }

    It 'completes names' {
        (TabExpansion2 'Suspend-DecnetDecky web-0').CompletionMatches.CompletionText | Should -Contain 'web-01'
    }
}
