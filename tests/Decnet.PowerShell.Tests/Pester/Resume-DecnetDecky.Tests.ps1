BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.ResumeDecnetDeckyCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Resume-DecnetDecky' {
    BeforeEach {
        $null = Connect-Lab
        $null = New-LabDecky | Deploy-DecnetFleet
        Suspend-DecnetDecky web-01, web-02
    }

    It 'takes orders for single deckies back, and emits nothing' {
        Resume-DecnetDecky web-01 | Should -BeNullOrEmpty
        @(Get-DecnetDecky | Where-Object Suspended).Name | Should -Be 'web-02'
    }

    It 'emits the rows with -PassThru' {
        (Resume-DecnetDecky web-01 -PassThru).Suspended | Should -BeFalse
    }

    It 'takes suspended rows through the pipeline' {
        Get-DecnetDecky | Where-Object Suspended | Resume-DecnetDecky
        Get-DecnetDecky | Where-Object Suspended | Should -BeNullOrEmpty
    }

    It 'warns of an order that still holds' {
        Suspend-DecnetDecky -All
        Resume-DecnetDecky web-03 -WarningAction SilentlyContinue -WarningVariable whole
        "$whole" | Should -Match 'whole fleet'
        Resume-DecnetDecky -All -WarningAction SilentlyContinue -WarningVariable single
        "$single" | Should -Match 'web-01, web-02'
        @(Get-DecnetDecky | Where-Object Suspended).Name | Should -Be @('web-01', 'web-02')
    }

    It 'takes it easy when there is nothing to take back' {
        "$(Resume-DecnetDecky web-03 -Verbose 4>&1)" | Should -Match 'not suspended'
    }

    It 'reports a name that no decky has' {
        { Resume-DecnetDecky nobody -ErrorAction Stop } | Should -Throw -ErrorId "DeckyNotFound,$command"
    }

    It 'changes nothing with -WhatIf' {
        Resume-DecnetDecky web-* -WhatIf
        Resume-DecnetDecky -All -WhatIf
        @(Get-DecnetDecky | Where-Object Suspended).Count | Should -Be 2
    }
}
