# The life of a fleet on a master and two hosts, as an operator has it from PowerShell. Each test goes on where the one before has ended.
BeforeAll {
    . $PSScriptRoot/Lab.ps1
    if ($env:DECNET_TEST_HOSTS) { . $PSScriptRoot/HostLab.ps1 }
    $commands = 'Decnet.PowerShell.Commands'
}

Describe 'A fleet on many hosts' -Tag Hosts {
    BeforeAll {
        $master = $lab.master
        $first, $second = $lab.hosts
        $null = Connect-Decnet -StateDirectory $master.state -DockerHost $master.engine
        $agent = 'agent', '--interface', $first.interface, '--report-interval', '1s', '--interval', '1s', '--repair', 'recreate'
        $agents = @{}
        $folder = Join-Path $TestDrive 'Runbooks'
        Copy-Item (Join-Path $PSScriptRoot '../../../samples/Runbooks') $folder -Recurse
        $page = Get-Content (Join-Path $folder 'README.md') -Raw

        # The commands that the page of the runbooks shows after a mark.
        function Get-PageCommand([string] $Mark) {
            if ($page -notmatch "<!-- $Mark -->\s+``````powershell\s+(?<commands>[^``]+)``````") { throw "The page has no commands marked $Mark." }
            $Matches.commands.Trim() -split '\r?\n'
        }

        # Runs commands in the folder of the runbooks, as somebody does who types them, until one goes wrong.
        function Invoke-Shell([string[]] $Command) {
            $before = "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; `$env:PSModulePath = '$(Split-Path (Split-Path (Get-Module Decnet).Path))$([IO.Path]::PathSeparator)' + `$env:PSModulePath",
                "Set-Location '$folder'; `$null = Connect-Decnet -StateDirectory '$($master.state)' -DockerHost '$($master.engine)'"
            $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            Set-Content $script ($before + ($Command | ForEach-Object { "'> $($_.Replace("'", "''"))'; `$global:LASTEXITCODE = 0; $_; if (`$LASTEXITCODE) { exit `$LASTEXITCODE }" }))
            $text = pwsh -NoProfile -NonInteractive -File $script 2>&1 | Out-String -Width 120
            [pscustomobject]@{ Code = $LASTEXITCODE; Text = $text }
        }

        # A decky for the network of the lab; a host gives it an address of its own.
        function New-HostDecky([string] $Name, [int] $Number, [string] $HostId, [string[]] $Service = 'ssh') {
            $there = $HostId ? @{ HostId = $HostId } : @{}
            New-DecnetDecky -Name $Name -Service $Service -Distro debian -FirstIP "198.18.30.$Number" -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed $Number @there
        }

        function Wait-Status([object] $Machine, [string] $Status) { Wait-Until { (Get-DecnetHost $Machine.name).Status -eq $Status } }

        function Wait-Running([int] $Count) { Wait-Until { @(Get-DecnetDecky -State running).Count -eq $Count } }

        # The names of the containers that run on the engine of a machine.
        function Get-Container([object] $Machine) { @(docker -H $Machine.engine ps --format '{{.Names}}' | Sort-Object) }
    }
    AfterAll {
        Stop-Decnetd
        Disconnect-Decnet
    }

    It 'begins with an invitation, by which a host comes' {
        $words = -split (& ([scriptblock]::Create("`$master = '$($master.address)'; $(Get-PageCommand invite)"))) | Select-Object -Skip 1
        $null = Start-Decnetd $master 'master', '--address', $master.address, '--silent-after', '5s', '--watch-interval', '0.5s'
        $come = Invoke-Decnetd $first $words
        $come.Code | Should -Be 0 -Because $come.Text
        (Get-DecnetHost).Status | Should -Be 'enrolled'
        $agents.first = Start-Decnetd $first $agent
        Wait-Status $first active
    }

    It 'takes a host by files that are carried, and refuses those that do not fit' {
        Push-Location $folder
        try {
            (Invoke-Decnetd $second 'agent', 'enroll', '--request', 'host-2.csr').Code | Should -Be 0
            $command = [scriptblock]::Create("`$master = '$($master.address)'; `$address = '$($second.address)'; $(Get-PageCommand register)")
            $words = -split (& $command) | Select-Object -Skip 1
            $wrong = Invoke-Decnetd $second ($words -replace '^sha256:.{8}', 'sha256:00000000')
            $wrong.Code | Should -Be 1
            $wrong.Text | Should -Match 'was expected\. This host was not enrolled'
            (Invoke-Decnetd $second 'agent').Text | Should -Match 'not enrolled'
            (Invoke-Decnetd $second $words).Code | Should -Be 0

            # What is refused changes nothing: the agent goes on with the master that it has.
            $again = Invoke-Decnetd $second ($words -replace "^$($master.address):", '198.19.240.99:')
            $again.Code | Should -Be 1
            $again.Text | Should -Match 'enrolled already.*--force'
        }
        finally { Pop-Location }
        $agents.second = Start-Decnetd $second $agent
        Wait-Status $second active
    }

    It 'shows its hosts in a table that fits a terminal' {
        $table = Get-DecnetHost | Out-String -Width 120
        $table | Should -Match "$($first.name)\s+active\s+$($first.address)\s+8765"
        $table | Should -Not -Match '…|\.\.\.'
    }

    It 'asks the agents, by name, by property and all' {
        (Test-DecnetHost).Reachable | Should -Be $true, $true
        (Get-DecnetHost $first.name | Test-DecnetHost).Name | Should -Be $first.name
        (Test-DecnetHost).Latency | Should -Not -Contain $null
        Test-DecnetHost -Quiet | Should -BeTrue
        Test-DecnetHost $first.name, rack9-host -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'rehearses a deployment' {
        New-HostDecky left-01 101 $first.name | Deploy-DecnetFleet -WhatIf
        Get-DecnetDecky | Should -BeNullOrEmpty
        Get-DecnetOperation | Should -BeNullOrEmpty
        Get-Container $first | Should -BeNullOrEmpty
    }

    It 'tells of all hosts that are not there, and does nothing' {
        $deckies = (New-HostDecky left-01 101 rack8-host), (New-HostDecky right-01 102 rack9-host)
        { $deckies | Deploy-DecnetFleet -ErrorAction SilentlyContinue -ErrorVariable script:failures } | Should -Throw -ErrorId "HostNotFound,$commands.DeployDecnetFleetCommand"
        @($failures | ForEach-Object { "$_" } | Select-Object -Unique) -match 'rack[89]-host' | Should -HaveCount 2
        Get-DecnetDecky | Should -BeNullOrEmpty
    }

    It 'does what the page of the runbooks shows for every day' {
        $run = Invoke-Shell (Get-PageCommand work)
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match '2 of 2 hosts are well'
        $run.Text | Should -Match '2 of 2 deckies rotated'
        @(Get-DecnetDecky -HostId $first.name).Count | Should -Be 2
        @(Get-DecnetDecky -HostId $second.name).Count | Should -Be 2
        Get-Container $first | Should -Contain (Get-DecnetDecky -HostId $first.name)[0].Name
        Get-Container $master | Should -BeNullOrEmpty
    }

    It 'deploys on the host that a decky names, and on the one that the command names' {
        $left = New-HostDecky left-01 101 $first.name ssh, http
        ($left | Deploy-DecnetFleet).Status | Should -Be 'succeeded'
        (New-HostDecky right-01 102 | Deploy-DecnetFleet -HostId $second.name).HostId | Should -Be $second.name
        Wait-Running 6
        (Get-DecnetDecky left-01).HostId | Should -Be $first.name
        Get-Container $first | Should -Contain 'left-01-http'
        Get-Container $second | Should -Contain 'right-01-ssh'
        (Get-DecnetHost $first.name).DeckyStates.running | Should -Be 3
        $left | Deploy-DecnetFleet | Should -BeNullOrEmpty
    }

    It 'begins work that others end, and waits for it' {
        $begun = (New-HostDecky dealt-01 103), (New-HostDecky dealt-02 104) | Deploy-DecnetFleet -Placement RoundRobin -NoWait
        $begun.Status | Should -Be 'pending', 'pending'
        $begun.HostId | Sort-Object | Should -Be $first.name, $second.name
        ($begun | Wait-DecnetOperation -Timeout $patience).Status | Should -Be 'succeeded', 'succeeded'
    }

    It 'gives deckies of other hosts other services, and removes them' {
        (Invoke-DecnetMutation right-01 -Service ftp).Status | Should -Be 'succeeded'
        (Get-DecnetDecky right-01).Services | Should -Be 'ftp'
        Get-Container $second | Should -Contain 'right-01-ftp'
        (Get-DecnetDecky dealt-* | Remove-DecnetDecky -Force -PassThru).Status | Should -Be 'succeeded', 'succeeded'
        @(Get-Container $first) + @(Get-Container $second) | Should -Not -Match 'dealt'
    }

    It 'says what it knows of a host that is away' {
        Stop-Decnetd $agents.second
        Wait-Status $second silent
        Wait-Until { (Get-DecnetDecky right-01).State -eq 'degraded' }
        (Get-DecnetDecky right-01).Reason | Should -Match $second.name
        $test = Test-DecnetHost $second.name
        $test.Reachable, $test.Reason | Should -Be $false, 'unreachable'
        $test.Problem | Should -Match $second.address
        $report = Invoke-Shell './Report-Hosts.ps1 ./reports'
        $report.Code | Should -Be 1 -Because $report.Text
        $report.Text | Should -Match "$($second.name): .*$($second.address)"
        $report.Text | Should -Match '1 of 2 hosts are well'
        $drift = Invoke-Shell './Report-Drift.ps1 ./reports'
        $drift.Code | Should -Be 1 -Because $drift.Text
        $drift.Text | Should -Match '3 differences, 3 of'
        (Compare-DecnetFleet right-01).HostId | Should -Be $second.name
        Test-DecnetFleet left-01 | Should -BeTrue
    }

    It 'suspends deckies of other hosts on these alone' {
        Suspend-DecnetDecky left-01 -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -Be "FleetDeckyElsewhere,$commands.SuspendDecnetDeckyCommand"
        "$failures" | Should -Match "$($first.name).*decnetd suspend left-01"
    }

    It 'moves nothing to a host that does not answer' {
        $move = Invoke-Shell './Move-Deckies.ps1 host-1 -To host-2'
        $move.Code | Should -Be 1
        $move.Text | Should -Match "do not answer: $($second.name)"
        (Get-DecnetDecky left-01).HostId | Should -Be $first.name
    }

    It 'keeps a host that has deckies, unless it is forced' {
        Unregister-DecnetHost $second.name -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -Be "HostInUse,$commands.UnregisterDecnetHostCommand"
        "$failures" | Should -Match 'right-01'
        (Get-DecnetHost).Count | Should -Be 2
    }

    It 'has all of it again when the host is back' {
        $agents.second = Start-Decnetd $second $agent
        Wait-Status $second active
        Wait-Running 6
    }

    It 'moves deckies as the page shows, and gives up a host' {
        $run = Invoke-Shell (Get-PageCommand move)
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match '3 of 3 deckies run on their new hosts'
        $run.Text | Should -Match '6 of 6 deckies run on their new hosts'
        (Get-DecnetHost).Name | Should -Be $first.name
        @(Get-DecnetDecky -HostId $first.name).Count | Should -Be 6
        Get-Container $first | Should -Contain 'right-01-ftp'
        Get-ChildItem $folder -Filter 'moved-*' | Should -BeNullOrEmpty
    }

    It 'takes a host again whose certificate was revoked' {
        $words = Get-CommandWord (New-DecnetEnrollment $second.name -Master $master.address)
        (Invoke-Decnetd $second $words).Text | Should -Match '--force'
        $come = Invoke-Decnetd $second ($words + '--force')
        $come.Code | Should -Be 0 -Because $come.Text
        Wait-Status $second active
        (Test-DecnetHost $second.name).Reachable | Should -BeTrue
        (New-HostDecky again-01 105 | Deploy-DecnetFleet -HostId $second.name).Status | Should -Be 'succeeded'
        (Get-DecnetDecky again-01).State | Should -Be 'running'
    }

    It 'ends as the page shows' {
        $run = Invoke-Shell (Get-PageCommand end)
        $run.Code | Should -Be 0 -Because $run.Text
        Get-DecnetDecky | Should -BeNullOrEmpty
        Get-Container $first | Should -BeNullOrEmpty
        Get-Container $master | Should -BeNullOrEmpty
        Get-DecnetHost | Should -BeNullOrEmpty
        { Unregister-DecnetHost $first.name -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId "HostNotFound,$commands.UnregisterDecnetHostCommand"
    }
}
