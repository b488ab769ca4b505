BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $context = Connect-Lab
    $null = New-LabDecky -Count 3 | Deploy-DecnetFleet
    $null = New-DecnetDecky -Name mail-01 -Service smtp -IPAddress 198.18.30.40 | Deploy-DecnetFleet
    $null = Register-LabHost rack1-host, rack2-host
    # Completion waits for no longer than a second; the first look at each list takes longest.
    $null = Get-DecnetDecky
    $null = Get-DecnetHost

    function Complete([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText }
}
AfterAll { Disconnect-Decnet }

Describe 'Completion' {
    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Get-DecnetService -Name ss'; Expected = 'ssh' }
        @{ Line = 'Get-DecnetService s'; Expected = 'sip', 'smb', 'smtp', 'smtp_relay', 'sniffer', 'snmp', 'ssh' }
        @{ Line = 'Get-DecnetArchetype windows-s'; Expected = 'windows-server' }
        @{ Line = 'Get-DecnetDistro -Name ub'; Expected = 'ubuntu20', 'ubuntu22' }
        @{ Line = 'New-DecnetDecky -Service teln'; Expected = 'telnet' }
        @{ Line = 'New-DecnetDecky -Service ssh, teln'; Expected = 'telnet' }
        @{ Line = 'New-DecnetDecky -Archetype linux-s'; Expected = 'linux-server' }
        @{ Line = 'New-DecnetDecky -Distro deb'; Expected = 'debian' }
        @{ Line = "Get-DecnetService 'ss"; Expected = 'ssh' }
        @{ Line = 'Connect-Decnet -Runtime M'; Expected = 'Memory' }
    ) {
        Complete $Line | Should -Be $Expected
    }

    It 'offers the deckies of the fleet for <_>' -ForEach @(
        'Get-DecnetDecky ', 'Get-DecnetDecky -Name ', 'Remove-DecnetDecky ', 'Remove-DecnetDecky -Name ', 'Invoke-DecnetMutation -Name ', 'Suspend-DecnetDecky -Name '
        'Resume-DecnetDecky -Name ', 'Test-DecnetFleet -Name ', 'Compare-DecnetFleet -Name ', 'Get-DecnetOperation -Name '
    ) {
        Complete $_ | Should -Be 'mail-01', 'web-01', 'web-02', 'web-03'
        Complete "${_}mai" | Should -Be 'mail-01'
    }

    It 'offers the hosts of the fleet for <_>' -ForEach @(
        'Get-DecnetHost ', 'Test-DecnetHost ', 'Unregister-DecnetHost -Name ', 'New-DecnetDecky -HostId ', 'Deploy-DecnetFleet -HostId ', 'Get-DecnetDecky -HostId '
    ) {
        Complete $_ | Should -Be 'rack1-host', 'rack2-host'
    }

    It 'offers statuses of hosts and ways to place deckies' {
        Complete 'Get-DecnetHost -Status si' | Should -Be 'silent'
        Complete 'Deploy-DecnetFleet -Placement R' | Should -Be 'RoundRobin'
    }

    It 'offers services to mutate to' {
        Complete 'Invoke-DecnetMutation -Name web-01 -Service teln' | Should -Be 'telnet'
    }

    It 'offers topics for <_>' -ForEach 'Get-DecnetEvent -Topic ', 'Watch-DecnetEvent -Topic ' {
        $offered = Complete $_
        $offered | Should -Not -BeNullOrEmpty
        $offered | Where-Object { $_ -match 'decky' } | Should -Not -BeNullOrEmpty
    }

    It 'offers nothing for a name that nothing has' {
        Complete 'Get-DecnetDistro -Name zz' | Should -BeNullOrEmpty
    }

    It 'changes nothing in the engine' {
        $changes = (Get-LabContainers).Changes
        $null = Complete 'Get-DecnetDecky -Name '
        (Get-LabContainers).Changes | Should -Be $changes
    }
}

Describe 'Completion beside an engine' {
    BeforeAll { $folder = $context.StateDirectory }

    It 'is as fast when the engine is gone' {
        $null = Connect-Decnet -StateDirectory $folder -DockerHost unix:///nonexistent/docker.sock
        $null = Complete 'Get-DecnetDecky -Name '
        $took = Measure-Command { $script:offered = Complete 'Get-DecnetDecky -Name web' }
        $offered | Should -Be 'web-01', 'web-02', 'web-03'
        $took.TotalMilliseconds | Should -BeLessThan 1000
    }

    It 'never connects to it' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        try {
            $null = Connect-Decnet -StateDirectory $folder -DockerHost "tcp://127.0.0.1:$($listener.LocalEndpoint.Port)"
            foreach ($line in 'Get-DecnetDecky -Name ', 'Remove-DecnetDecky -Name ', 'Watch-DecnetEvent -Topic ', 'Get-DecnetWorker -Name ') { $null = Complete $line }
            Start-Sleep -Milliseconds 200
            $listener.Pending() | Should -BeFalse
        }
        finally { $listener.Stop() }
    }

    It 'offers nothing, and makes nothing, in a folder that is not there' {
        $null = Connect-Decnet -StateDirectory (Join-Path $TestDrive 'none') -Runtime Memory
        Complete 'Get-DecnetDecky -Name w' | Should -BeNullOrEmpty
        Join-Path $TestDrive 'none' | Should -Not -Exist
    }

    It 'offers nothing when the database cannot be read' {
        $broken = New-Item -ItemType Directory (Join-Path $TestDrive 'broken/db') -Force
        Set-Content (Join-Path $broken 'decnet.db') 'this is no database'
        $null = Connect-Decnet -StateDirectory (Split-Path $broken) -Runtime Memory
        Complete 'Get-DecnetDecky -Name w' | Should -BeNullOrEmpty
    }
}
