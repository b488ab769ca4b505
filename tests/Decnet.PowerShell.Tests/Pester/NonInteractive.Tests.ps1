BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')).Path

    # A fleet in another shell that nobody can answer, and then a command.
    function Invoke-Job([string] $Command) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $setUp = "`$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; `$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory; " +
            '$null = New-DecnetDecky -Count 2 -NamePrefix web -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet'
        $text = pwsh -NoProfile -NonInteractive -Command "$setUp`n$Command" 2>&1 | Out-String
        [pscustomobject]@{ Code = $LASTEXITCODE; Text = $text; Folder = $folder }
    }
}
AfterAll { Disconnect-Decnet }

Describe 'Without anybody to answer' {
    It 'a removal that asks ends with an error, and removes nothing' {
        $run = Invoke-Job 'Remove-DecnetDecky -All'
        $run.Code | Should -Be 1
        $null = Connect-Decnet -StateDirectory $run.Folder -Runtime Memory
        (Get-DecnetDecky).Count | Should -Be 2
        Get-DecnetOperation | Where-Object Kind -EQ teardown | Should -BeNullOrEmpty
    }

    It 'a removal goes on with <_>' -ForEach '-Force', '-Confirm:$false' {
        $run = Invoke-Job "Remove-DecnetDecky -All $_; `"left `$(@(Get-DecnetDecky).Count)`""
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match 'left 0'
    }

    It 'work of medium weight does not ask' {
        $run = Invoke-Job '$null = Invoke-DecnetMutation web-01; $null = Invoke-DecnetReconcile -Repair Restart; "done"'
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match 'done'
    }

    It 'a parameter that is missing is an error, not a question' {
        $run = Invoke-Job 'Import-DecnetFleet'
        $run.Code | Should -Be 1
        $run.Text | Should -Match 'Path'
    }
}

Describe 'Progress' {
    BeforeAll {
        $null = Connect-Lab
        (Get-LabContainers).Slow([timespan]::FromMilliseconds(20))
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; New-DecnetDecky -Count 30 -Service ssh, http -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet")
        $took = Measure-Command { $null = $shell.Invoke() }
        $records = @($shell.Streams.Progress | Where-Object Activity -NotMatch 'module')
        $shell.Dispose()
    }

    It 'is told, and ends' {
        $records | Should -Not -BeNullOrEmpty
        $records[-1].RecordType | Should -Be 'Completed'
        @($records | Where-Object RecordType -EQ Completed).Count | Should -Be 1
    }

    It 'is told at most five times a second' {
        $records.Count | Should -BeLessOrEqual ($took.TotalSeconds * 5 + 2)
    }

    It 'stays between 0 and 100 per cent' {
        $records.PercentComplete | Where-Object { $_ -lt -1 -or $_ -gt 100 } | Should -BeNullOrEmpty
    }
}
