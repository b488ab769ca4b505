# What suites begin with, after Lab.ps1, that work on real hosts: . $PSScriptRoot/HostLab.ps1. DECNET_TEST_HOSTS names the file that
# describes them: SwarmPesterTests of the engine tests makes the networks and engines, and runs the suites tagged Hosts on the master.
$lab = Get-Content $env:DECNET_TEST_HOSTS -Raw | ConvertFrom-Json
$started = [System.Collections.Generic.List[System.Diagnostics.Process]]::new()
$patience = [timespan] '00:02:00'

# The words that run decnetd on a machine of the lab.
function Get-LabWord([object] $Machine, [string[]] $Word) {
    $ns = if ($Machine.network) { 'nsenter', "--net=$($Machine.network)" }
    @($ns) + @('dotnet', 'exec', $lab.decnetd) + $Word + @('--state-dir', $Machine.state, '--docker-host', $Machine.engine) | Where-Object { $_ }
}

# Runs decnetd on a machine to its end: how it ended, and what it printed.
function Invoke-Decnetd([object] $Machine, [string[]] $Word) {
    $words = Get-LabWord $Machine $Word
    $text = & $words[0] $words[1..$words.Count] 2>&1 | ForEach-Object { "$_" } | Out-String
    [pscustomobject]@{ Code = $LASTEXITCODE; Text = $text }
}

# Starts decnetd on a machine and waits until it listens. It ends with the shell at the latest.
function Start-Decnetd([object] $Machine, [string[]] $Word) {
    $log = "$($Machine.state).$($Word[0]).$($started.Count).log"
    $words = @('setpriv', '--pdeathsig', 'KILL') + (Get-LabWord $Machine $Word)
    $process = Start-Process $words[0] $words[1..$words.Count] -RedirectStandardError $log -RedirectStandardOutput "$log.out" -PassThru
    $started.Add($process)
    Wait-Until { $process.HasExited -or (Get-Content $log -Raw) -match 'Listening on' }
    if ($process.HasExited) { throw "decnetd $Word has ended: $(Get-Content $log -Raw)" }
    $process
}

# Ends programs at once, as a power failure does; all that were started when none is given.
function Stop-Decnetd([System.Diagnostics.Process[]] $Process = $started) {
    $Process | Where-Object { -not $_.HasExited } | ForEach-Object { $_.Kill(); $_.WaitForExit() }
}

# Looks again and again until something is so.
function Wait-Until([scriptblock] $Condition) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed -gt $patience) { throw "Not so within ${patience}: $Condition" }
        Start-Sleep -Milliseconds 200
    }
}

# The words that an invitation or a registration says to run on its host.
function Get-CommandWord([object] $Offer) { -split $Offer.Command | Select-Object -Skip 1 }
