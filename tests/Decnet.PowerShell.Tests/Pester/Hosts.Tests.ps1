BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $deploy = 'Decnet.PowerShell.Commands.DeployDecnetFleetCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Deckies of other hosts' {
    BeforeEach {
        $folder = (Connect-Lab).StateDirectory
        $null = Register-LabHost rack1-host, rack2-host
    }

    It 'are described without anybody being asked' {
        (New-DecnetDecky -Name web-01 -Service ssh -IPAddress 198.18.30.9 -HostId rack9-host).HostId | Should -Be 'rack9-host'
        { New-DecnetDecky -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -HostId 'rack 9' } | Should -Throw -ErrorId 'HostIdInvalid,*'
    }

    It 'are begun, recorded, and worked on by nobody here' {
        $begun = New-LabDecky -Count 2 | Deploy-DecnetFleet -HostId rack1-host -NoWait
        $begun.HostId | Should -Be 'rack1-host', 'rack1-host'
        (Get-DecnetDecky -HostId rack1-host).State | Should -Be 'pending', 'pending'
        (Get-DecnetHost rack1-host).DeckyStates.pending | Should -Be 2
        (Get-DecnetFleet).Deckies.HostId | Should -Be 'rack1-host', 'rack1-host'
        (Get-LabContainers).Count | Should -Be 0
        $begun | Wait-DecnetOperation -Timeout 0 -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be (, 'OperationTimeout,Decnet.PowerShell.Commands.WaitDecnetOperationCommand' * 2)
    }

    It 'go beside those of this host' {
        $there = New-DecnetDecky -Name there-01 -Service ssh -IPAddress 198.18.30.60 -HostId rack2-host
        $begun = @(New-LabDecky -Count 1) + $there | Deploy-DecnetFleet -NoWait
        $begun | Where-Object HostId -EQ local | Wait-DecnetOperation -Timeout 00:01:00 | ForEach-Object Status | Should -Be 'succeeded'
        (Get-DecnetDecky web-01).State | Should -Be 'running'
        (Get-DecnetDecky there-01).HostId | Should -Be 'rack2-host'
        (Get-LabContainers).List().Name | Should -Not -Match 'there'
    }

    It 'are left alone by a rehearsal' {
        New-LabDecky -Count 1 | Deploy-DecnetFleet -HostId rack1-host -WhatIf
        Get-DecnetDecky | Should -BeNullOrEmpty
        Get-DecnetOperation | Should -BeNullOrEmpty
    }

    It 'refuse <Why>' -ForEach @(
        @{ Why = 'a host that is not there'; Call = { New-LabDecky -Count 1 | Deploy-DecnetFleet -HostId rack9-host }; Id = 'HostNotFound' }
        @{ Why = 'to be dealt while no host is active'; Call = { New-LabDecky -Count 1 | Deploy-DecnetFleet -Placement RoundRobin }; Id = 'FleetNoActiveHost' }
        @{ Why = 'two answers to where'; Call = { New-LabDecky -Count 1 | Deploy-DecnetFleet -Placement RoundRobin -HostId rack1-host }; Id = 'PlacementContradicts' }
    ) {
        $Call | Should -Throw -ErrorId "$Id,$deploy"
        Get-DecnetDecky | Should -BeNullOrEmpty
    }

    It 'do not move from here by the way' {
        $null = New-LabDecky -Count 1 | Deploy-DecnetFleet
        { New-LabDecky -Count 1 | Deploy-DecnetFleet -HostId rack1-host } | Should -Throw -ErrorId "FleetDeckyElsewhere,$deploy"
        (Get-DecnetDecky web-01).HostId | Should -Be 'local'
    }
}

Describe 'A folder that is not that of a master' {
    It 'has no other hosts' {
        $null = Connect-Lab
        { New-LabDecky -Count 1 | Deploy-DecnetFleet -HostId rack1-host } | Should -Throw -ErrorId "MasterMissing,$deploy"
        $null = New-LabDecky -Count 1 | Deploy-DecnetFleet -HostId local
        (Get-DecnetDecky).HostId | Should -Be 'local'
    }
}
