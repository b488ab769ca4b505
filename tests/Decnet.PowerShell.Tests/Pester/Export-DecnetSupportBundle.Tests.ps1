BeforeAll {
    . $PSScriptRoot/Lab.ps1
    function Expand-Bundle([IO.FileInfo] $Bundle) {
        $to = Join-Path $TestDrive ([guid]::NewGuid())
        [IO.Compression.ZipFile]::ExtractToDirectory($Bundle.FullName, $to)
        $to
    }
}
AfterAll { Disconnect-Decnet }

Describe 'Export-DecnetSupportBundle' {
    It 'writes a file in a folder, and emits it' {
        $null = Start-LabFleet
        (Get-LabContainers).Kill('web-01-ssh')
        $changes = (Get-LabContainers).Changes
        $bundle = Export-DecnetSupportBundle $TestDrive
        $bundle | Should -BeOfType IO.FileInfo
        $bundle.Name | Should -Match '^decnet-support-local-\d{8}T\d{6}Z\.zip$'
        $folder = Expand-Bundle $bundle
        (Get-Content $folder/manifest.json -Raw | ConvertFrom-Json).parts | Should -Contain 'plan.json'
        (Get-Content $folder/plan.json -Raw | ConvertFrom-Json).steps.action | Should -Contain 'start_container'
        Join-Path $folder errors.txt | Should -Not -Exist
        (Get-LabContainers).Changes | Should -Be $changes
    }

    It 'is there when the engine is not' {
        $null = Start-LabFleet
        (Get-LabContainers).Disconnect('gone fishing')
        $folder = Expand-Bundle (Export-DecnetSupportBundle (Join-Path $TestDrive away.zip))
        (Get-Content $folder/containers.json -Raw | ConvertFrom-Json).reason | Should -Match 'gone fishing'
    }

    It 'holds no secret' {
        $null = Start-LabFleet
        $file = Join-Path (Get-DecnetContext).StateDirectory decnet-state.json
        $fleet = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        $fleet.config.deckies[0].service_config = @{ ssh = @{ password = 'open-sesame-9' } }
        $fleet | ConvertTo-Json -Depth 9 | Set-Content $file
        $null = Invoke-DecnetReconcile -Repair Recreate
        $folder = Expand-Bundle (Export-DecnetSupportBundle (Join-Path $TestDrive secret.zip))
        Get-Content $folder/fleet.json -Raw | Should -Match '\[redacted\]'
        Get-ChildItem $folder | Select-String 'open-sesame' | Should -BeNullOrEmpty
    }

    It 'replaces a file only when forced, and writes none with -WhatIf' {
        $null = Connect-Lab
        Export-DecnetSupportBundle (Join-Path $TestDrive what.zip) -WhatIf | Should -BeNullOrEmpty
        Join-Path $TestDrive what.zip | Should -Not -Exist
        $null = Export-DecnetSupportBundle (Join-Path $TestDrive one.zip)
        { Export-DecnetSupportBundle (Join-Path $TestDrive one.zip) } |
            Should -Throw -ErrorId 'SupportBundleExists,Decnet.PowerShell.Commands.ExportDecnetSupportBundleCommand'
        Export-DecnetSupportBundle (Join-Path $TestDrive one.zip) -Force | Should -Exist
        (Get-DecnetContext).StateDirectory | Should -Not -Exist
    }
}
