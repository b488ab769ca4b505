BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')

    # How each cmdlet that can be rehearsed is called, here. One that is not in the table fails the suite.
    $calls = @{
        'Backup-DecnetState'         = { Backup-DecnetState -Path (Join-Path $TestDrive 'kept.zip') -WhatIf }
        'Deploy-DecnetFleet'         = { New-LabDecky -Count 4 | Deploy-DecnetFleet -WhatIf }, { New-LabDecky -Count 1 -Prefix other | Deploy-DecnetFleet -Replace -WhatIf }, { Deploy-DecnetFleet -Path (Join-Path $TestDrive 'lab.ini') -WhatIf }
        'Export-DecnetFleet'         = { Get-DecnetFleet | Export-DecnetFleet -Path (Join-Path $TestDrive 'kept.ini') -WhatIf }
        'Export-DecnetSupportBundle' = { Export-DecnetSupportBundle -Path (Join-Path $TestDrive 'kept.zip') -WhatIf }
        'Invoke-DecnetMutation'      = { Invoke-DecnetMutation -Name web-01 -WhatIf }, { Invoke-DecnetMutation -Name web-01 -Service telnet -WhatIf }, { Get-DecnetDecky | Invoke-DecnetMutation -WhatIf }
        'Invoke-DecnetReconcile'     = { Invoke-DecnetReconcile -WhatIf }, { Invoke-DecnetReconcile -Repair Recreate -WhatIf }, { Get-DecnetPlan -Repair Restart | Invoke-DecnetReconcile -WhatIf }
        'New-DecnetEnrollment'       = { New-DecnetEnrollment -Name new-host -WhatIf }
        'Register-DecnetHost'        = { Register-DecnetHost -Name new-host -Address 198.18.4.7 -CertificateRequest (Join-Path $TestDrive 'host.csr') -OutFile (Join-Path $TestDrive 'kept.json') -WhatIf }
        'Remove-DecnetDecky'         = { Remove-DecnetDecky -Name web-01 -WhatIf }, { Remove-DecnetDecky -All -WhatIf }, { Get-DecnetDecky | Remove-DecnetDecky -Force -WhatIf }
        'Restore-DecnetState'        = { Restore-DecnetState -Generation 1 -WhatIf }, { Restore-DecnetState -Path $backup -WhatIf }
        'Resume-DecnetDecky'         = { Resume-DecnetDecky -Name web-03 -WhatIf }, { Resume-DecnetDecky -All -WhatIf }
        'Stop-DecnetWorker'          = { Stop-DecnetWorker -Name 'pwsh-*' -WhatIf }
        'Suspend-DecnetDecky'        = { Suspend-DecnetDecky -Name web-01 -Reason test -WhatIf }, { Suspend-DecnetDecky -All -WhatIf }
        'Unregister-DecnetHost'      = { Unregister-DecnetHost -Name rack1-host -WhatIf }, { Get-DecnetHost | Unregister-DecnetHost -Force -WhatIf }
    }
    $able = Get-Command -Module Decnet | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name
    $cases = foreach ($name in $able) { foreach ($call in $calls[$name]) { @{ Name = $name; Call = $call; Line = "$call".Trim() } } }
    $tables = @{ Able = $able; Known = @($calls.Keys) }
}

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $ini = "[general]`nnet=198.18.30.0/24`ngw=198.18.30.1`n`n[lab-01]`nip=198.18.30.50`nservices=ssh`n"

    # Everything that a rehearsal must leave as it is.
    function Get-Everything([string] $Folder) {
        [ordered]@{
            Changes    = (Get-LabContainers).Changes
            Containers = (Get-LabContainers).List()
            Files      = @(Get-ChildItem $Folder -Recurse -File -ErrorAction Ignore | Where-Object Name -NotMatch '-(wal|shm)$' | ForEach-Object { "$($_.FullName) $((Get-FileHash $_.FullName).Hash)" } | Where-Object { $_ -notmatch 'decnet\.db ' })
            Beside     = @(Get-ChildItem $TestDrive | ForEach-Object Name | Sort-Object)
            Rows       = @(Get-DecnetDecky | Select-Object Name, HostId, State, Reason, IPAddress, Services, LastSeen, UpdatedAt, Suspended)
            Operations = @(Get-DecnetOperation | Select-Object Id, DeckyName, Kind, Status, Error, StartedAt, CompletedAt)
            Events     = @(Get-DecnetEvent | Select-Object Sequence, Time, Topic, Type)
            Hosts      = @(Get-DecnetHost | Select-Object Name, Status, Fingerprint)
            Workers    = @(Get-DecnetWorker | Select-Object Name, Status, LastBeat)
        } | ConvertTo-Json -Depth 5
    }
}
AfterAll { Disconnect-Decnet }

Describe 'The table of this suite' {
    It 'has each cmdlet that can be rehearsed, and no other' -ForEach $tables {
        $Known | Sort-Object | Should -Be ($Able | Sort-Object)
    }
}

Describe 'On a fleet that needs repair' {
    BeforeAll {
        $folder = (Connect-Lab).StateDirectory
        Set-Content (Join-Path $TestDrive 'lab.ini') $ini
        Copy-Item (New-LabRequest new-host) (Join-Path $TestDrive 'host.csr')
        $null = Register-LabHost rack1-host
        $null = New-LabDecky -Count 3 | Deploy-DecnetFleet
        $null = New-DecnetDecky -Name more-01 -Service ssh -IPAddress 198.18.30.60 | Deploy-DecnetFleet
        Suspend-DecnetDecky -Name web-03 -Reason 'looked at'
        $backup = Join-Path $TestDrive 'backup.zip'
        $null = Backup-DecnetState -Path $backup
        (Get-LabContainers).Kill('web-01-http')
        (Get-LabContainers).Remove('web-02-ssh')
    }

    It '<Line> changes nothing' -ForEach $cases {
        $before = Get-Everything $folder
        $null = & $Call
        Get-Everything $folder | Should -BeExactly $before
    }

    It 'Stop-DecnetWorker -WhatIf lets a worker work' {
        $shell = [powershell]::Create().AddScript("Import-Module '$((Get-Module Decnet).Path)'; Invoke-DecnetReconcile -Continuous -Interval 01:00:00")
        try {
            $null = $shell.BeginInvoke()
            for ($tries = 0; $tries -lt 100 -and -not (Get-DecnetWorker); $tries++) { Start-Sleep -Milliseconds 100 }
            Stop-DecnetWorker -Name 'pwsh-*' -WhatIf -PassThru | Should -BeNullOrEmpty
            Start-Sleep -Milliseconds 1500
            $shell.InvocationStateInfo.State | Should -Be 'Running'
            (Get-DecnetWorker).Status | Should -Be 'alive'
        }
        finally {
            $shell.Stop()
            $shell.Dispose()
        }
    }

    It 'without -WhatIf they do: the comparison sees it' {
        $before = Get-Everything $folder
        $null = Invoke-DecnetReconcile -Repair Recreate -Confirm:$false
        Get-Everything $folder | Should -Not -BeExactly $before
    }
}

Describe 'On a folder that is not there' {
    BeforeAll {
        $folder = (Connect-Lab).StateDirectory
        $backup = Join-Path $TestDrive 'no-backup.zip'
        Set-Content (Join-Path $TestDrive 'lab.ini') $ini
    }

    It '<Line> makes nothing' -ForEach $cases {
        $beside = @(Get-ChildItem $TestDrive | ForEach-Object Name | Sort-Object)
        try { $null = & { $ErrorActionPreference = 'SilentlyContinue'; & $Call } }
        catch { $_.FullyQualifiedErrorId | Should -Match ',Decnet\.PowerShell\.Commands\.' }
        $folder | Should -Not -Exist
        @(Get-ChildItem $TestDrive | ForEach-Object Name | Sort-Object) | Should -Be $beside
        (Get-LabContainers).Changes | Should -Be 0
    }
}
