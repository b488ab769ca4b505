BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Watch-DecnetEvent' {
    It 'ends quietly when the time is over, and makes nothing' {
        $context = Connect-Lab
        Watch-DecnetEvent -Timeout 0:0:0.3 -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
        $context.StateDirectory | Should -Not -Exist
    }

    It 'begins after a number and ends with the count' {
        $null = Start-LabFleet
        (Watch-DecnetEvent -After 1 -Count 2).Sequence | Should -Be 2, 3
    }

    It 'shows nothing that has been, unless asked' {
        $null = Start-LabFleet
        Watch-DecnetEvent -Timeout 0:0:0.5 | Should -BeNullOrEmpty
    }

    It 'shows what happens as it happens, by topic' {
        $null = Start-LabFleet
        $module = Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1'
        $watch = Start-ThreadJob {
            Import-Module $using:module
            Watch-DecnetEvent -Topic 'decky.local:web-02.state' -Count 1 -Timeout 0:0:30
        }
        do {
            # Whatever is killed before the watch has begun is not seen; so the state changes again and again.
            (Get-LabContainers).Kill('web-02-ssh')
            $null = Invoke-DecnetReconcile
            $null = Invoke-DecnetReconcile -Repair Restart -WarningAction SilentlyContinue
            $null = $watch | Wait-Job -Timeout 1
        } while ($watch.State -eq 'Running' -and (Get-Date) -lt $watch.PSBeginTime.AddSeconds(25))
        $seen = $watch | Receive-Job -Wait -AutoRemoveJob
        $seen.Topic | Should -Be 'decky.local:web-02.state'
        $seen.Payload.name | Should -Be 'web-02'
    }

    It 'ends at once when somebody has enough' {
        $null = Start-LabFleet
        (Watch-DecnetEvent -After 0 | Select-Object -First 1).Sequence | Should -Be 1
    }
}
