BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.DeployDecnetFleetCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Deploy-DecnetFleet' {
    BeforeEach {
        $folder = (Connect-Lab).StateDirectory
        $containers = Get-LabContainers
    }

    It 'emits an operation for each decky, which runs then' {
        $operations = New-LabDecky | Deploy-DecnetFleet
        $operations.Count | Should -Be 3
        $operations.DeckyName | Sort-Object | Should -Be @('web-01', 'web-02', 'web-03')
        foreach ($operation in $operations) {
            $operation.Id | Should -BeOfType [guid]
            $operation.HostId | Should -Be 'local'
            $operation.Kind | Should -Be 'deploy'
            $operation.Status | Should -Be 'succeeded'
            $operation.Error | Should -BeNullOrEmpty
            $operation.CompletedAt | Should -BeGreaterOrEqual $operation.StartedAt
            $operation.Duration | Should -BeOfType [timespan]
        }
        $containers.Count | Should -Be 9
        @(Get-DecnetDecky -State running).Count | Should -Be 3
    }

    It 'adds to the present fleet' {
        $null = New-LabDecky 1 | Deploy-DecnetFleet
        $null = New-DecnetDecky -Name mail -Service smtp -IPAddress 198.18.30.77 | Deploy-DecnetFleet
        (Get-DecnetFleet).Deckies.Name | Should -Be @('web-01', 'mail')
        "$((Get-DecnetFleet).Subnet)" | Should -Be '198.18.30.0/24'
    }

    It 'gives a decky that is there the configuration that is given, and touches no other' {
        $null = New-LabDecky 2 | Deploy-DecnetFleet
        $containers.Kill('web-02-ssh')
        $operations = New-DecnetDecky -Name web-01 -Service ftp -IPAddress (Get-DecnetDecky web-01).IPAddress | Deploy-DecnetFleet
        $operations.DeckyName | Should -Be 'web-01'
        (Get-DecnetDecky web-01).Services | Should -Be 'ftp'
        ($containers.List() | Where-Object Name -eq web-02-ssh).State | Should -Be 'exited'
    }

    It 'does nothing for deckies that are as they should be' {
        $null = New-LabDecky | Deploy-DecnetFleet
        $changes = $containers.Changes
        $verbose = New-LabDecky | Deploy-DecnetFleet -Verbose 4>&1
        $containers.Changes | Should -Be $changes
        $verbose | Should -HaveCount 3
        "$($verbose[0])" | Should -Match 'as it should be'
    }

    It 'repairs what the fleet has' {
        $null = New-LabDecky | Deploy-DecnetFleet
        $containers.Kill('web-02-http')
        (Get-DecnetFleet | Deploy-DecnetFleet).DeckyName | Should -Be 'web-02'
    }

    It 'makes the fleet exactly what is given with -Replace' {
        $null = New-LabDecky | Deploy-DecnetFleet
        $operations = New-LabDecky 1 | Deploy-DecnetFleet -Replace
        $operations.Kind | Should -Be @('teardown', 'teardown')
        (Get-DecnetFleet).Deckies.Name | Should -Be 'web-01'
        $containers.Count | Should -Be 3
    }

    It 'takes network parameters before all else' {
        $null = New-LabDecky 1 | Deploy-DecnetFleet -Driver Bridge -Subnet 198.18.0.0/16 -Gateway 198.18.0.1
        $fleet = Get-DecnetFleet
        $fleet.Driver | Should -Be 'bridge'
        "$($fleet.Subnet)" | Should -Be '198.18.0.0/16'
        "$($fleet.Gateway)" | Should -Be '198.18.0.1'
    }

    It 'refuses deckies of different networks' {
        $deckies = @(New-LabDecky 1) + @(New-DecnetDecky -Name other -Service ssh -Subnet 198.18.31.0/24 -Gateway 198.18.31.1)
        { $deckies | Deploy-DecnetFleet } | Should -Throw -ErrorId "NetworksDiffer,$command"
        { $deckies | Deploy-DecnetFleet -Subnet 198.18.30.0/23 } | Should -Throw -ErrorId "NetworksDiffer,$command"
        @($deckies | Deploy-DecnetFleet -Subnet 198.18.30.0/23 -Gateway 198.18.30.1).Count | Should -Be 2
    }

    It 'makes a bridge around addresses alone' {
        $null = New-DecnetDecky -Name alone -Service ssh -IPAddress 198.18.40.9 | Deploy-DecnetFleet -Driver Bridge
        ([Net.IPNetwork] (Get-DecnetFleet).Subnet).Contains([ipaddress]'198.18.40.9') | Should -BeTrue
    }

    It 'reports each fault of a request, and does nothing' {
        $null = New-LabDecky 1 | Deploy-DecnetFleet
        $address = (Get-DecnetDecky web-01).IPAddress
        $two = New-DecnetDecky -Name a, b -Service ssh -IPAddress $address, 198.18.30.66
        $outside = New-DecnetDecky -Name c -Service ssh -IPAddress 198.18.99.1
        $failures = @()
        $last = $null
        try { @($two) + @($outside) | Deploy-DecnetFleet -ErrorAction SilentlyContinue -ErrorVariable failures } catch { $last = $_ }
        $records = @($failures | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) + @($last)
        $records.FullyQualifiedErrorId | Should -Contain "FleetDuplicateAddress,$command"
        $records.FullyQualifiedErrorId | Should -Contain "FleetAddressOutside,$command"
        (Get-DecnetFleet).Generation | Should -Be 1
    }

    It 'reports a decky that fails, and goes on with the others' {
        $containers.MissImages((New-LabDecky 1).BaseImage)
        $deckies = @(New-LabDecky 1) + @(New-DecnetDecky -Name other -Service ssh -Distro alpine -IPAddress 198.18.30.90)
        $operations = $deckies | Deploy-DecnetFleet -ErrorAction SilentlyContinue -ErrorVariable failures
        ($operations | Where-Object DeckyName -eq web-01).Status | Should -Be 'failed'
        ($operations | Where-Object DeckyName -eq other).Status | Should -Be 'succeeded'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be "OperationFailed,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidResult'
        $failures[0].TargetObject | Should -Be 'web-01'
    }

    It 'changes nothing with -WhatIf, and creates nothing' {
        New-LabDecky | Deploy-DecnetFleet -WhatIf | Should -BeNullOrEmpty
        $containers.Changes | Should -Be 0
        $folder | Should -Not -Exist
    }

    It 'changes nothing of a fleet that is there with -WhatIf' {
        $null = New-LabDecky | Deploy-DecnetFleet
        $changes = $containers.Changes
        New-LabDecky 1 -Prefix new | Deploy-DecnetFleet -Replace -WhatIf | Should -BeNullOrEmpty
        $containers.Changes | Should -Be $changes
        (Get-DecnetFleet).Generation | Should -Be 1
    }

    It 'describes a file as it is, with the choices of a seed' {
        $ini = Join-Path $TestDrive 'lab.ini'
        Set-Content $ini "[general]`nnet=198.18.30.0/24`ngw=198.18.30.1`n[web]`nservices=ssh,http`n[db]`nservices=mysql"
        $null = Deploy-DecnetFleet $ini -Driver Bridge -Seed 3
        (Get-DecnetFleet).Deckies.Name | Sort-Object | Should -Be @('db', 'web')
        (Get-DecnetFleet).Driver | Should -Be 'bridge'
    }

    It 'tells the line of what is wrong in a file' {
        $ini = Join-Path $TestDrive 'wrong.ini'
        Set-Content $ini "[general]`nnet=198.18.30.0/24`n[web]`nservices=sssh"
        $failures = @()
        try { Deploy-DecnetFleet $ini -ErrorAction SilentlyContinue -ErrorVariable failures } catch { $failures += $_ }
        "$failures" | Should -Match 'line 4'
        $folder | Should -Not -Exist
        { Deploy-DecnetFleet (Join-Path $TestDrive 'none.ini') } | Should -Throw -ErrorId "PathNotFound,$command"
    }

    It 'takes one fleet only' {
        $null = New-LabDecky | Deploy-DecnetFleet
        $fleet = Get-DecnetFleet
        { $fleet, $fleet | Deploy-DecnetFleet } | Should -Throw -ErrorId "FleetNotSingle,$command"
    }

    It 'does nothing for an empty pipeline' {
        @() | Deploy-DecnetFleet | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }

    It 'emits what has begun with -NoWait, and the work goes on' {
        $containers.Slow([timespan]::FromMilliseconds(20))
        $operations = New-LabDecky | Deploy-DecnetFleet -NoWait -ThrottleLimit 1
        $operations.Status | Should -Be @('pending', 'pending', 'pending')
        @($operations | Wait-DecnetOperation -Timeout 00:00:30).Status | Should -Be @('succeeded', 'succeeded', 'succeeded')
    }

    It 'ends the work when nobody wants more' {
        $containers.Slow([timespan]::FromMilliseconds(50))
        $first = New-LabDecky 8 | Deploy-DecnetFleet -ThrottleLimit 1 | Select-Object -First 1
        $first.Status | Should -Be 'succeeded'
        $all = Get-DecnetOperation | Wait-DecnetOperation -Timeout 00:00:05
        $all.Count | Should -Be 8
        $stopped = @($all | Where-Object Status -eq failed)
        $stopped.Count | Should -BeGreaterThan 0
        $stopped | Where-Object Error -notlike 'cancelled*' | Should -BeNullOrEmpty
    }

    It 'ends its operations when it is interrupted' -Skip:(-not $IsLinux) {
        $script = Join-Path $TestDrive 'interrupted.ps1'
        Set-Content $script @"
            Import-Module '$($PSScriptRoot)/../../../out/Decnet/Decnet.psd1'
            (Connect-Decnet -StateDirectory '$folder' -Runtime Memory).Containers.Slow([timespan]::FromMilliseconds(20))
            New-DecnetDecky -Count 30 -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed 1 | Deploy-DecnetFleet -ThrottleLimit 1
"@
        # Who runs these tests in the background hands on that interrupts are ignored.
        $process = Start-Process env '--default-signal=INT', 'pwsh', '-NoProfile', '-File', $script -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'output')
        $patience = [datetime]::UtcNow.AddSeconds(60)
        while (-not (Get-DecnetOperation -Status succeeded) -and [datetime]::UtcNow -lt $patience) { Start-Sleep -Milliseconds 100 }
        /bin/kill -INT $process.Id
        $process.WaitForExit(10000) | Should -BeTrue

        $operations = Get-DecnetOperation
        $operations | Should -HaveCount 30
        $operations.Status | Sort-Object -Unique | Should -Be @('failed', 'succeeded')
        $operations | Where-Object Status -eq failed | Where-Object Error -notlike 'cancelled*' | Should -BeNullOrEmpty
        Get-DecnetDecky | Where-Object State -notin degraded, failed, running, torn_down | Should -BeNullOrEmpty
        (Get-DecnetFleet).Deckies | Should -HaveCount 30
    }

    It 'asks for each decky, and leaves those that are declined as they are' {
        $null = New-LabDecky 2 | Deploy-DecnetFleet
        $script = @"
            Import-Module '$($PSScriptRoot)/../../../out/Decnet/Decnet.psd1'
            `$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
            New-DecnetDecky -Name web-03 -Service ssh -IPAddress 198.18.30.99 | Deploy-DecnetFleet -Replace -Confirm
            'GENERATION ' + (Get-DecnetFleet).Generation + ' ' + ((Get-DecnetFleet).Deckies.Name -join ',')
"@
        # Yes to web-03, no to the removal of web-01, yes to that of web-02.
        $output = "y`nn`ny`n" | pwsh -NoProfile -Command $script 2>&1 | Out-String
        $output | Should -Match 'GENERATION 2 web-03,web-01'
    }
}
