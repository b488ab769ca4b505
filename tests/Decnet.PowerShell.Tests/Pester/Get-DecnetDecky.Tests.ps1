BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $null = Connect-Lab
    $null = New-LabDecky | Deploy-DecnetFleet
}
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetDecky' {
    It 'shows what is recorded of each decky' {
        $row = Get-DecnetDecky web-01
        $row.Name | Should -Be 'web-01'
        $row.HostId | Should -Be 'local'
        $row.State | Should -Be 'running'
        $row.Reason | Should -BeNullOrEmpty
        "$($row.IPAddress)" | Should -BeLike '198.18.30.*'
        $row.Services | Should -Be @('http', 'ssh')
        $row.UpdatedAt | Should -BeOfType [DateTimeOffset]
        $row.Suspended | Should -BeFalse
    }

    It 'lists all, and those that fit wildcards' {
        @(Get-DecnetDecky).Name | Should -Be @('web-01', 'web-02', 'web-03')
        @(Get-DecnetDecky *-02, web-03).Name | Should -Be @('web-02', 'web-03')
        Get-DecnetDecky none* | Should -BeNullOrEmpty
    }

    It 'takes names and rows through the pipeline' {
        @('web-01', 'web-03' | Get-DecnetDecky).Name | Should -Be @('web-01', 'web-03')
        @(Get-DecnetDecky web-02 | Get-DecnetDecky).Name | Should -Be 'web-02'
        @([pscustomobject]@{ DeckyName = 'web-01' } | Get-DecnetDecky).Name | Should -Be 'web-01'
        @(Get-DecnetOperation web-02 | Get-DecnetDecky).Name | Should -Be 'web-02'
        @() | Get-DecnetDecky | Should -BeNullOrEmpty
    }

    It 'reports a name that no decky has, and shows the others' {
        $rows = Get-DecnetDecky web-1, web-02 -ErrorAction SilentlyContinue -ErrorVariable failures
        $rows.Name | Should -Be 'web-02'
        $failures[0].FullyQualifiedErrorId | Should -Be 'DeckyNotFound,Decnet.PowerShell.Commands.GetDecnetDeckyCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'web-1'
    }

    It 'restricts by state, however it is written' {
        @(Get-DecnetDecky -State Running).Count | Should -Be 3
        Get-DecnetDecky -State TornDown, teardown_failed | Should -BeNullOrEmpty
        { Get-DecnetDecky -State broken } | Should -Throw -ErrorId 'StateInvalid,Decnet.PowerShell.Commands.GetDecnetDeckyCommand'
    }

    It 'restricts by host' {
        @(Get-DecnetDecky -HostId LOC*).Count | Should -Be 3
        Get-DecnetDecky -HostId edge | Should -BeNullOrEmpty
    }

    It 'says which deckies are suspended' {
        Suspend-DecnetDecky web-03
        @(Get-DecnetDecky | Where-Object Suspended).Name | Should -Be 'web-03'
        Resume-DecnetDecky web-03
    }

    It 'asks no engine' {
        $containers = Get-LabContainers
        $containers.Disconnect()
        try { @(Get-DecnetDecky).Count | Should -Be 3 } finally { $containers.Reconnect() }
    }

    It 'completes names and states' {
        (TabExpansion2 'Get-DecnetDecky web-0').CompletionMatches.CompletionText | Should -Be @('web-01', 'web-02', 'web-03')
        (TabExpansion2 'Get-DecnetDecky -State torn').CompletionMatches.CompletionText | Should -Be 'torn_down'
    }

    It 'has no rows, and makes no folder, where there is no database' {
        $context = Connect-Lab
        Get-DecnetDecky | Should -BeNullOrEmpty
        $context.StateDirectory | Should -Not -Exist
    }
}
