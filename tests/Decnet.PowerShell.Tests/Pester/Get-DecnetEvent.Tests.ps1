BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetEvent' {
    It 'emits nothing, and makes nothing, where nothing has happened' {
        $context = Connect-Lab
        Get-DecnetEvent | Should -BeNullOrEmpty
        $context.StateDirectory | Should -Not -Exist
    }

    It 'emits events oldest first, with their properties' {
        $null = Start-LabFleet
        $events = Get-DecnetEvent
        $events.Sequence | Should -Be (1..$events.Count)
        $first = $events[0]
        $first.Topic, $first.Type | Should -Be 'decky.local:web-01.state', 'state'
        $first.Time | Should -BeOfType DateTimeOffset
    }

    It 'takes patterns, numbers and the last ones' {
        $null = Start-LabFleet
        (Get-DecnetEvent -Topic 'decky.local:web-02.state').Topic | Sort-Object -Unique | Should -Be 'decky.local:web-02.state'
        Get-DecnetEvent -Topic 'system.>' | Should -BeNullOrEmpty
        $all = Get-DecnetEvent
        (Get-DecnetEvent -Last 2).Sequence | Should -Be $all[-2..-1].Sequence
        (Get-DecnetEvent -After $all[-2].Sequence).Sequence | Should -Be $all[-1].Sequence
        (Get-DecnetEvent 'decky.*.state' -Last 1).Sequence | Should -Be $all[-1].Sequence
    }

    It 'has payloads that are read by property, by ConvertFrom-Json and by ConvertTo-Json' {
        $null = Start-LabFleet
        $happened = Get-DecnetEvent -Last 1
        $happened.Payload.state | Should -Be 'running'
        ($happened.Payload | ConvertFrom-Json).state | Should -Be 'running'
        ($happened.Payload | ConvertTo-Json | ConvertFrom-Json).state | Should -Be 'running'
        ($happened | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Payload.transition | Should -Be 'repaired'
        "$($happened.Payload)" | Should -Match '^\{".*"\}$'
    }

    It 'refuses a topic that is none' {
        $null = Connect-Lab
        { Get-DecnetEvent -Topic 'decky.>.state' } | Should -Throw -ErrorId 'TopicInvalid,Decnet.PowerShell.Commands.GetDecnetEventCommand'
        { Watch-DecnetEvent -Topic 'a b' } | Should -Throw -ErrorId 'TopicInvalid,Decnet.PowerShell.Commands.WatchDecnetEventCommand'
    }

    It 'completes topics, quoted where they need it' {
        $null = Start-LabFleet
        (Get-LabContainers).Disconnect()
        (TabExpansion2 'Get-DecnetEvent -Topic decky.local:web-02').CompletionMatches.CompletionText | Should -Be "'decky.local:web-02.state'"
        (TabExpansion2 'Watch-DecnetEvent system.').CompletionMatches.CompletionText | Should -Contain "'system.*.health'"
    }
}
