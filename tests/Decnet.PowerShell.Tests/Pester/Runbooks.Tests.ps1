BeforeDiscovery {
    $scripts = Get-ChildItem (Join-Path $PSScriptRoot '../../../samples/Runbooks') -Filter *.ps1 | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $runbooks = (Resolve-Path (Join-Path $PSScriptRoot '../../../samples/Runbooks')).Path
    $modules = Split-Path (Split-Path (Get-Module Decnet).Path)

    # Runs commands as a job does: in another shell, with the runbooks as the present folder and the module on its path.
    function Invoke-Job([string] $Command) {
        $former = $env:PSModulePath
        $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $former
        Push-Location $runbooks
        try { $text = pwsh -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; $Command; exit `$LASTEXITCODE" 2>&1 | Out-String -Width 300 }
        finally {
            Pop-Location
            $env:PSModulePath = $former
        }

        [pscustomobject]@{ Code = $LASTEXITCODE; Text = $text }
    }

    function New-Folder { Join-Path $TestDrive ([guid]::NewGuid()) }

    # The lab, deployed in the session that the next commands of the job work on.
    function Get-Deployed([string] $Folder) { "`$c = Connect-Decnet -StateDirectory '$Folder' -Runtime Memory; ./Deploy-Lab.ps1 ./lab.ini | Out-Null; `$box = `$c.Containers" }
}
AfterAll { Disconnect-Decnet }

Describe 'The runbook <Name>' -ForEach $scripts {
    It 'has a synopsis, a description, an example or a line that calls it, and explains each parameter' {
        $help = Get-Help $Path -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        if ($Name -notlike '*.Tests.ps1') { $help.examples.example | Should -Not -BeNullOrEmpty }
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($parameter in (Get-Command $Path).Parameters.Keys | Where-Object { $_ -notin $common }) {
            ($help.parameters.parameter | Where-Object name -EQ $parameter).description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter"
        }
    }

    It 'is strict, and can be rehearsed when it changes something' {
        if ($Name -notlike '*.Tests.ps1') { Get-Content $Path -Raw | Should -Match 'Set-StrictMode -Version 3' }
        if ($Name -match '^(Deploy|Move|Rotate|Stop)-') { (Get-Command $Path).Parameters.Keys | Should -Contain 'WhatIf' }
    }

    It 'calls cmdlets and parameters that there are' {
        $parseErrors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $parseErrors)
        $parseErrors | Should -BeNullOrEmpty
        foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -like '*-Decnet*' }, $true)) {
            $command = Get-Command $call.GetCommandName() -Module Decnet
            foreach ($parameter in $call.CommandElements.Where({ $_ -is [System.Management.Automation.Language.CommandParameterAst] })) {
                { $command.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because "$call"
            }
        }
    }
}

Describe 'Deploy-Lab' {
    It 'deploys the lab, shows it and ends with 0' {
        $folder = New-Folder
        $run = Invoke-Job "./Deploy-Lab.ps1 ./lab.ini -StateDirectory '$folder' -Runtime Memory"
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match '4 of 4 deckies run'
        $run.Text | Should -Match 'files-01\s+local\s+running'
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
        (Get-DecnetDecky).Name | Should -Be 'files-01', 'mail-01', 'web-01', 'web-02'
    }

    It 'may be run again' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); ./Deploy-Lab.ps1 ./lab.ini"
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match '4 of 4 deckies run'
    }

    It 'makes nothing when it is rehearsed' {
        $folder = New-Folder
        $run = Invoke-Job "./Deploy-Lab.ps1 ./lab.ini -StateDirectory '$folder' -Runtime Memory -WhatIf"
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match 'What if.*web-02'
        $folder | Should -Not -Exist
    }

    It 'tells all faults of a file, with their lines, and ends with 1' {
        $file = Join-Path $TestDrive 'wrong.ini'
        Set-Content $file "[general]`nnet = 198.18.30.0/24`ngw = 198.18.30.1`n[a]`nservices = sssh`n[b]`nservices = htttp"
        $run = Invoke-Job "./Deploy-Lab.ps1 '$file' -StateDirectory '$(New-Folder)' -Runtime Memory"
        $run.Code | Should -Be 1
        $run.Text | Should -Match 'sssh'
        $run.Text | Should -Match 'htttp'
    }

    It 'ends with 1 when a decky cannot be deployed, and deploys the others' {
        $run = Invoke-Job "`$c = Connect-Decnet -StateDirectory '$(New-Folder)' -Runtime Memory; `$c.Containers.MissImages((Import-DecnetFleet ./lab.ini).Deckies[0].BaseImage); ./Deploy-Lab.ps1 ./lab.ini"
        $run.Code | Should -Be 1
        $run.Text | Should -Match '[0-3] of 4 deckies run'
    }

    It 'ends with 1 when the time is over' {
        $run = Invoke-Job "`$c = Connect-Decnet -StateDirectory '$(New-Folder)' -Runtime Memory; `$c.Containers.Slow('00:00:05'); ./Deploy-Lab.ps1 ./lab.ini -Timeout 00:00:01"
        $run.Code | Should -Be 1
        $run.Text | Should -Match '0 of 4 deckies run'
    }
}

Describe 'Report-Drift' {
    It 'reports that nothing differs, and ends with 0' {
        $reports = New-Folder
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); ./Report-Drift.ps1 '$reports'"
        $run.Code | Should -Be 0 -Because $run.Text
        Get-Content (Get-ChildItem $reports -Filter *.csv) | Should -Be '"HostId","DeckyName","Kind","Container","Expected","Actual","Reason"'
        $suites = ([xml](Get-Content (Get-ChildItem $reports -Filter *.xml) -Raw)).testsuites
        $suites.tests | Should -Be 5
        $suites.failures | Should -Be 0
    }

    It 'reports what differs, and ends with 1' {
        $reports = New-Folder
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$box.Kill('files-01-smb'); `$box.Remove('web-01-ssh'); ./Report-Drift.ps1 '$reports'"
        $run.Code | Should -Be 1 -Because $run.Text
        $rows = Import-Csv (Get-ChildItem $reports -Filter *.csv)
        $rows.DeckyName | Select-Object -Unique | Sort-Object | Should -Be 'files-01', 'web-01'
        $rows.Container | Should -Contain 'files-01-smb'
        $suites = ([xml](Get-Content (Get-ChildItem $reports -Filter *.xml) -Raw)).testsuites
        $suites.failures | Should -Be 2
        $suites.OuterXml | Should -Match 'files-01'
    }

    It 'changes nothing' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$box.Kill('files-01-smb'); `$before = `$box.Changes; ./Report-Drift.ps1 '$(New-Folder)' | Out-Null; `"changes `$(`$box.Changes - `$before)`""
        $run.Text | Should -Match 'changes 0'
    }

    It 'ends with 2 when the engine does not answer, or there is no fleet' {
        $reports = New-Folder
        (Invoke-Job "$(Get-Deployed (New-Folder)); `$box.Disconnect(); ./Report-Drift.ps1 '$reports'").Code | Should -Be 2
        (Invoke-Job "./Report-Drift.ps1 '$reports' -StateDirectory '$(New-Folder)' -Runtime Memory").Code | Should -Be 2
        $reports | Should -Not -Exist
    }
}

Describe 'Drift.Tests' {
    It 'can be pointed at a fleet by itself' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$r = Invoke-Pester ./Drift.Tests.ps1 -PassThru -Output None; `"result `$(`$r.PassedCount) `$(`$r.FailedCount)`""
        $run.Text | Should -Match 'result 5 0'
    }
}

Describe 'Rotate-Services' {
    It 'gives the deckies other services, batch by batch' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); ./Rotate-Services.ps1 -BatchSize 3 -Pause 00:00:00.1; `"operations `$(@(Get-DecnetOperation | ? Kind -eq mutate | ? Status -eq succeeded).Count)`"; `"running `$(@(Get-DecnetDecky -State running).Count)`""
        $run.Text | Should -Match '4 of 4 deckies rotated'
        $run.Text | Should -Match 'operations 4'
        $run.Text | Should -Match 'running 4'
    }

    It 'leaves suspended deckies alone, and those that nobody named' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); Suspend-DecnetDecky web-01; ./Rotate-Services.ps1 web-* -Pause 0; Get-DecnetOperation | ? Kind -eq mutate | % { `"mutated `$(`$_.DeckyName)`" }"
        $run.Text | Should -Match '1 of 1 deckies rotated'
        $run.Text | Should -Match 'mutated web-02'
        $run.Text | Should -Not -Match 'mutated (web-01|files-01|mail-01)'
    }

    It 'stops at the first batch that fails, and ends with 1' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$box.MissImages([string[]] `$box.List().Image); ./Rotate-Services.ps1 -BatchSize 1 -Pause 0"
        $run.Code | Should -Be 1
        $run.Text | Should -Not -Match '4 of 4 deckies rotated'
    }

    It 'changes nothing when it is rehearsed' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$before = `$box.Changes; ./Rotate-Services.ps1 -WhatIf; `"changes `$(`$box.Changes - `$before)`""
        $run.Text | Should -Match 'What if.*files-01, mail-01'
        $run.Text | Should -Match 'changes 0'
        $run.Text | Should -Match '0 of 4 deckies rotated'
    }
}

Describe 'Report-Hosts' {
    It 'ends with 1 when a host does not answer, and says why' {
        $reports, $folder = (New-Folder), (New-Folder)
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
        $null = Register-LabHost rack1-host
        $run = Invoke-Job "./Report-Hosts.ps1 '$reports' -StateDirectory '$folder'"
        $run.Code | Should -Be 1 -Because $run.Text
        $run.Text | Should -Match 'rack1-host: .*could not be reached'
        $run.Text | Should -Match '0 of 1 hosts are well'
        $line = Import-Csv (Get-ChildItem $reports)
        $line.Host, $line.Well, $line.Status, $line.Reason | Should -Be 'rack1-host', 'False', 'enrolled', 'unreachable'
    }

    It 'ends with 2 when there is no master, or no host' {
        $reports, $folder = (New-Folder), (New-Folder)
        (Invoke-Job "./Report-Hosts.ps1 '$reports' -StateDirectory '$folder'").Code | Should -Be 2
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
        $null = New-DecnetEnrollment rack1-host
        $run = Invoke-Job "./Report-Hosts.ps1 '$reports' -StateDirectory '$folder'"
        $run.Code | Should -Be 2
        $run.Text | Should -Match 'No host is enrolled'
        $reports | Should -Not -Exist
    }
}

Describe 'Move-Deckies' {
    BeforeAll {
        $folder = New-Folder
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
        $null = Register-LabHost rack1-host, rack2-host
    }

    It 'moves nothing <Why>, and ends with <Code>' -ForEach @(
        @{ Why = 'from a host that is not there'; Words = 'rack9-host'; Code = 1; Says = "no host 'rack9-host'" }
        @{ Why = 'to a host that is not there'; Words = 'rack1-host -To rack9-host'; Code = 1; Says = "no host 'rack9-host'" }
        @{ Why = 'to a host that does not answer'; Words = 'rack1-host -To rack2-host'; Code = 1; Says = 'do not answer: rack2-host' }
        @{ Why = 'while no other host is active'; Words = 'rack1-host -Lost'; Code = 1; Says = 'No other host is active' }
    ) {
        $run = Invoke-Job "./Move-Deckies.ps1 $Words -StateDirectory '$folder' -Description '$TestDrive/moved.json'"
        $run.Code | Should -Be $Code -Because $run.Text
        $run.Text | Should -Match $Says
        (Get-DecnetHost).Count | Should -Be 2
        "$TestDrive/moved.json" | Should -Not -Exist
    }
}

Describe 'Stop-Fleet' {
    It 'keeps the evidence, removes everything, logs it and ends with 0' {
        $evidence = New-Folder
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); ./Stop-Fleet.ps1 '$evidence'; `$code = `$LASTEXITCODE; `"left `$(`$box.Count)`"; exit `$code"
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match 'left 0'
        $folder = Get-ChildItem $evidence
        $folder.GetFiles().Name | Sort-Object | Should -Be 'deckies.json', 'events.json', 'operations.json', 'support.zip', 'teardown.log'
        (Get-Content (Join-Path $folder deckies.json) -Raw | ConvertFrom-Json).Count | Should -Be 4
        (Get-Content (Join-Path $folder events.json) -Raw | ConvertFrom-Json).Count | Should -BeGreaterThan 3
        Get-Content (Join-Path $folder teardown.log) -Raw | Should -Match 'web-02 on local: succeeded[\s\S]*0 deckies left'
    }

    It 'removes nothing when it is rehearsed' {
        $evidence = New-Folder
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$before = `$box.Changes; ./Stop-Fleet.ps1 '$evidence' -WhatIf; `"changes `$(`$box.Changes - `$before)`""
        $run.Text | Should -Match 'changes 0'
        $evidence | Should -Not -Exist
    }

    It 'ends with 1 when deckies are left' {
        $run = Invoke-Job "$(Get-Deployed (New-Folder)); `$box.Disconnect(); ./Stop-Fleet.ps1 '$(New-Folder)'"
        $run.Code | Should -Be 1
        $run.Text | Should -Match 'ERROR|FAILED'
    }
}

Describe 'pipeline' {
    It 'deploys, checks and removes the lab, and ends with 0' {
        $results = Join-Path $TestDrive 'pipeline.xml'
        $run = Invoke-Job "./pipeline.ps1 -ResultFile '$results'"
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match '::notice file=.*::4 deckies deployed, checked and removed'
        $run.Text | Should -Not -Match '::error'
        ([xml](Get-Content $results -Raw)).testsuites.tests | Should -Be 5
    }

    It 'annotates each fault of a file at its line, and ends with 1' {
        $file = Join-Path $TestDrive 'faults.ini'
        Set-Content $file "[general]`nnet = 198.18.30.0/24`ngw = 198.18.30.1`n[a]`nservices = sssh`n[b]`nservices = htttp"
        $run = Invoke-Job "./pipeline.ps1 '$file'"
        $run.Code | Should -Be 1
        $run.Text | Should -Match '::error file=.*faults\.ini,line=5,title=Fleet\w+::.*sssh'
        $run.Text | Should -Match '::error file=.*faults\.ini,line=7,title=Fleet\w+::.*htttp'
    }

    It 'leaves no state behind' {
        $before = @(Get-ChildItem ([IO.Path]::GetTempPath()) -Filter 'decnet-pipeline-*').Count
        $null = Invoke-Job './pipeline.ps1'
        @(Get-ChildItem ([IO.Path]::GetTempPath()) -Filter 'decnet-pipeline-*').Count | Should -Be $before
    }
}
