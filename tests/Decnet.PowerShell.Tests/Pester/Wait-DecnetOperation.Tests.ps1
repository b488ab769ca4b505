BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.WaitDecnetOperationCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Wait-DecnetOperation' {
    BeforeEach {
        $null = Connect-Lab
        $containers = Get-LabContainers
    }

    It 'emits each operation when it has ended' {
        $containers.Slow([timespan]::FromMilliseconds(20))
        $begun = New-LabDecky | Deploy-DecnetFleet -NoWait
        $ended = $begun | Wait-DecnetOperation -Timeout 00:00:30
        $ended.Id | Sort-Object | Should -Be ($begun.Id | Sort-Object)
        $ended.Status | Should -Be @('succeeded', 'succeeded', 'succeeded')
    }

    It 'waits for what is open on deckies of a name' {
        $containers.Slow([timespan]::FromMilliseconds(20))
        $null = New-LabDecky | Deploy-DecnetFleet -NoWait
        (Wait-DecnetOperation -Name web-01, WEB-02 -Timeout 00:00:30).DeckyName | Sort-Object | Should -Be 'web-01', 'web-02'
        $null = Wait-DecnetOperation -Name web-* -Timeout 00:00:30
        Wait-DecnetOperation -Name web-* | Should -BeNullOrEmpty
    }

    It 'emits those that have ended already at once, each once' {
        $operations = New-LabDecky 2 | Deploy-DecnetFleet
        @(Wait-DecnetOperation -Id ($operations.Id + $operations.Id)).Count | Should -Be 2
    }

    It 'reports those that have not ended in time' {
        $containers.Slow([timespan]::FromMilliseconds(300))
        $begun = New-LabDecky 2 | Deploy-DecnetFleet -NoWait
        $began = [datetime]::UtcNow
        $begun | Wait-DecnetOperation -Timeout 0:0:0.2 -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        ([datetime]::UtcNow - $began).TotalSeconds | Should -BeLessThan 2
        $failures.Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -Be "OperationTimeout,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'looks once when the time is zero' {
        $containers.Slow([timespan]::FromMilliseconds(300))
        $begun = New-LabDecky 1 | Deploy-DecnetFleet -NoWait
        { Wait-DecnetOperation $begun.Id -Timeout 0 -ErrorAction Stop } | Should -Throw -ErrorId "OperationTimeout,$command"
    }

    It 'reports ids that no operation has' {
        $operation = New-LabDecky 1 | Deploy-DecnetFleet
        $ended = Wait-DecnetOperation -Id ([guid]::Empty), $operation.Id -ErrorAction SilentlyContinue -ErrorVariable failures
        $ended.Id | Should -Be $operation.Id
        $failures[0].FullyQualifiedErrorId | Should -Be "OperationNotFound,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses a time below zero' {
        { Wait-DecnetOperation ([guid]::Empty) -Timeout -0:0:1 } | Should -Throw -ErrorId "TimeoutInvalid,$command"
    }
}
