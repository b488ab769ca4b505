BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $good = @'
[general]
net = 198.18.30.0/24
gw = 198.18.30.1
driver = bridge

[web]
amount = 2
services = http, ssh

[files-01]
ip = 198.18.30.50
services = smb
'@
    function New-Ini([string] $Text, [string] $Name = 'fleet.ini') {
        $path = Join-Path $TestDrive $Name
        Set-Content -LiteralPath $path -Value $Text
        $path
    }
}
AfterAll { Disconnect-Decnet }

Describe 'Import-DecnetFleet' {
    It 'emits the fleet that the file describes' {
        $fleet = Import-DecnetFleet (New-Ini $good) -Seed 1
        $fleet.Deckies.Name | Should -Be 'web-01', 'web-02', 'files-01'
        $fleet.Deckies[2].IPAddress | Should -Be '198.18.30.50'
        $fleet.Subnet | Should -Be '198.18.30.0/24'
        $fleet.Gateway | Should -Be '198.18.30.1'
        $fleet.Driver | Should -Be 'bridge'
        $fleet.Generation | Should -BeNullOrEmpty
    }

    It 'reads the file and nothing else' {
        $folder = (Connect-Lab).StateDirectory
        $null = Import-DecnetFleet (New-Ini $good)
        $folder | Should -Not -Exist
        (Get-LabContainers).Changes | Should -Be 0
    }

    It 'makes the same choices for the same seed' {
        $path = New-Ini $good
        (Import-DecnetFleet $path -Seed 5).Deckies.Hostname | Should -Be (Import-DecnetFleet $path -Seed 5).Deckies.Hostname
    }

    It 'gives no decky the address of the host' {
        (Import-DecnetFleet (New-Ini $good) -HostIP 198.18.30.2).Deckies[0].IPAddress | Should -Be '198.18.30.3'
    }

    It 'reports each fault with its line, and then emits no fleet' {
        $bad = $good -replace 'bridge', 'token-ring' -replace 'amount = 2', 'amount = many' -replace 'services = smb', 'services = nope'
        $result = Import-DecnetFleet (New-Ini $bad) -ErrorAction SilentlyContinue -ErrorVariable faults
        $result | Should -BeNullOrEmpty
        $faults.Exception.Line | Should -Be 4, 7, 12
        $faults.CategoryInfo.Category | Should -Be 'InvalidData', 'InvalidData', 'InvalidData'
        $faults[0].FullyQualifiedErrorId | Should -Be 'FleetUnknownDriver,Decnet.PowerShell.Commands.ImportDecnetFleetCommand'
        "$($faults[1])" | Should -Match 'line 7'
    }

    It 'says that a file without a network has none' {
        $null = Import-DecnetFleet (New-Ini "[web]`nservices = http") -ErrorAction SilentlyContinue -ErrorVariable faults
        "$faults" | Should -Match 'network is missing'
    }

    It 'goes on with the other files when one is not there' {
        $fleets = Import-DecnetFleet (Join-Path $TestDrive absent.ini), (New-Ini $good) -ErrorAction SilentlyContinue -ErrorVariable faults
        @($fleets).Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,Decnet.PowerShell.Commands.ImportDecnetFleetCommand'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'takes wildcards, and files by property name' {
        $null = New-Ini $good one.lab.ini
        $null = New-Ini $good two.lab.ini
        @(Import-DecnetFleet (Join-Path $TestDrive '*.lab.ini')).Count | Should -Be 2
        @(Get-ChildItem $TestDrive -Filter *.lab.ini | Import-DecnetFleet).Count | Should -Be 2
    }

    It 'reads back what Export-DecnetFleet writes as JSON' {
        $fleet = Import-DecnetFleet (New-Ini $good)
        $path = Join-Path $TestDrive 'again.json'
        $fleet | Export-DecnetFleet $path
        (Import-DecnetFleet $path).Deckies.MacAddress | Should -Be $fleet.Deckies.MacAddress
    }

    It 'reports the faults of a JSON file' {
        $path = New-Ini '{ "subnet": 7 }' broken.json
        $result = Import-DecnetFleet $path -ErrorAction SilentlyContinue -ErrorVariable faults
        $result | Should -BeNullOrEmpty
        $faults.Count | Should -BeGreaterThan 0
        $faults[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }
}
