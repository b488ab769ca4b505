BeforeDiscovery { . $PSScriptRoot/Interrupting.ps1 }

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')).Path
    $patience = [timespan]::FromSeconds(60)

    function Wait-Until([scriptblock] $Condition, [string] $For) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($clock.Elapsed -gt $patience) { throw "Waited too long for $For." }
            Start-Sleep -Milliseconds 50
        }
    }

    function Get-OpenOperation { Get-DecnetOperation | Where-Object Status -In pending, running }

    # While another process is making the database, it cannot be read.
    $isWorking = { try { Get-OpenOperation } catch { Write-Debug $_ } }

    # Runs a script in another shell, sends it SIGINT once it has begun and the condition holds, and tells how long it then took to end.
    function Invoke-Interrupted([string] $Script, [scriptblock] $When = { $true }) {
        $begun = Join-Path $TestDrive ([guid]::NewGuid())
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
        Set-Content $file "Import-Module '$manifest'`nfunction Begin { Set-Content '$begun' 1 }`n$Script"
        $start = [System.Diagnostics.ProcessStartInfo]::new('env')
        foreach ($argument in '--default-signal=INT', 'pwsh', '-NoProfile', '-NonInteractive', '-File', $file) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        try {
            Wait-Until { (Test-Path $begun) -or $process.HasExited } 'the script to begin'
            Start-Sleep -Milliseconds 700
            Wait-Until { (& $When) -or $process.HasExited } 'the work to begin'
            if ($process.HasExited) { throw "It ended by itself: $($output.Result) $($errors.Result)" }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            bash -c "kill -INT $($process.Id)"
            if (-not $process.WaitForExit(20000)) { throw 'It did not end.' }
            [pscustomobject]@{ Took = $clock.Elapsed; Output = $output.Result + $errors.Result }
        }
        finally { if (-not $process.HasExited) { $process.Kill() } }
    }

    # Runs a script in another runspace of this process, stops it once the condition holds, and tells how long that took.
    function Invoke-Stopped([string] $Script, [scriptblock] $When) {
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; $Script")
        try {
            $null = $shell.BeginInvoke()
            Wait-Until $When 'the work to begin'
            $took = Measure-Command { $shell.Stop() }
            [pscustomobject]@{ Took = $took; State = $shell.InvocationStateInfo.State }
        }
        finally { $shell.Dispose() }
    }
}
AfterAll { Disconnect-Decnet }

Describe 'Ctrl-C' -Skip:(-not $canInterrupt) {
    BeforeEach {
        # Both processes have the state folder; what this one sees of the other's work is what the database says.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = Connect-Decnet -StateDirectory $folder -Runtime Memory
    }

    It 'ends a deployment within a second, and leaves no operation open' {
        $run = Invoke-Interrupted @"
`$context = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
`$context.Containers.Slow([timespan]::FromSeconds(1))
`$deckies = New-DecnetDecky -Count 8 -Service ssh, http -Subnet 198.18.30.0/24 -Gateway 198.18.30.1
Begin
`$deckies | Deploy-DecnetFleet
Set-Content '$folder-not-stopped' 1
"@ $isWorking
        $run.Took.TotalMilliseconds | Should -BeLessThan 2000
        "$folder-not-stopped" | Should -Not -Exist
        Get-DecnetOperation | Should -Not -BeNullOrEmpty
        Get-OpenOperation | Should -BeNullOrEmpty
    }

    It 'leaves what can be gone on with: the next deployment succeeds' {
        $null = Invoke-Interrupted @"
`$context = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
`$context.Containers.Slow([timespan]::FromSeconds(1))
Begin
New-DecnetDecky -Count 8 -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed 1 | Deploy-DecnetFleet
"@ $isWorking
        $operations = New-DecnetDecky -Count 8 -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed 1 | Deploy-DecnetFleet
        $operations.Status | Select-Object -Unique | Should -Be 'succeeded'
        (Get-DecnetDecky -State running).Count | Should -Be 8
    }

    It 'ends <Name>' -ForEach @(
        @{ Name = 'Watch-DecnetEvent'; Script = 'Watch-DecnetEvent' }
        @{ Name = 'Invoke-DecnetReconcile -Continuous'; Script = 'Invoke-DecnetReconcile -Continuous -Interval 00:00:01' }
    ) {
        $run = Invoke-Interrupted @"
`$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
`$null = New-DecnetDecky -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet
Begin
$Script
"@
        $run.Took.TotalMilliseconds | Should -BeLessThan 2000
        Get-OpenOperation | Should -BeNullOrEmpty
    }
}

Describe 'PowerShell.Stop' {
    BeforeEach { $null = Connect-Lab }

    It 'ends a deployment within a second, and leaves no operation open' {
        (Get-LabContainers).Slow([timespan]::FromSeconds(3))
        $run = Invoke-Stopped 'New-DecnetDecky -Count 8 -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet' { Get-OpenOperation }
        $run.State | Should -Be 'Stopped'
        $run.Took.TotalMilliseconds | Should -BeLessThan 1000
        Wait-Until { -not (Get-OpenOperation) } 'operations to end'
        Get-DecnetOperation | Where-Object Status -EQ failed | Should -Not -BeNullOrEmpty
    }

    It 'ends <_>' -ForEach 'Watch-DecnetEvent', 'Invoke-DecnetReconcile -Continuous -Interval 00:00:01' {
        $null = New-LabDecky -Count 1 | Deploy-DecnetFleet
        $started = [System.Diagnostics.Stopwatch]::StartNew()
        $run = Invoke-Stopped $_ { $started.ElapsedMilliseconds -gt 1500 }
        $run.State | Should -Be 'Stopped'
        $run.Took.TotalMilliseconds | Should -BeLessThan 1000
    }

    It 'is not needed when somebody further down has enough' {
        $null = New-LabDecky -Count 3 | Deploy-DecnetFleet
        (Get-DecnetDecky | Select-Object -First 1).Name | Should -Be 'web-01'
        (Get-DecnetEvent | Select-Object -First 1).Sequence | Should -BeGreaterThan 0
    }
}
