BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $null = Connect-Lab
    $lan = @{ Subnet = '198.18.30.0/24'; Gateway = '198.18.30.1' }
    $id = 'Decnet.PowerShell.Commands.NewDecnetDeckyCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'New-DecnetDecky' {
    BeforeEach { $null = Connect-Lab }

    It 'describes a decky with everything that the contract names' {
        $decky = New-DecnetDecky -Name web-01 -Service http -Distro debian @lan -Seed 1
        $decky.GetType().FullName | Should -Be 'Decnet.Shell.Output.Decky'
        $decky.Name | Should -Be 'web-01'
        $decky.IPAddress | Should -BeExactly '198.18.30.2'
        $decky.Services | Should -Be 'http'
        $decky.Distro | Should -Be 'debian'
        $decky.BaseImage | Should -BeLike 'debian:*'
        $decky.Hostname | Should -Not -BeNullOrEmpty
        $decky.Archetype | Should -BeNullOrEmpty
        $decky.NmapOs | Should -Be 'linux'
        $decky.MacAddress | Should -Match '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'
        $decky.MutateInterval | Should -BeNullOrEmpty
        $decky.PSObject.Properties.Name | Should -Contain 'HostId'
        $decky.DeckyName | Should -Be 'web-01'
    }

    It 'touches nothing: no file, no engine' {
        $context = Get-DecnetContext
        $null = New-DecnetDecky -Count 5 -Service ssh @lan
        $context.StateDirectory | Should -Not -Exist
        $context.Containers.Changes | Should -Be 0
    }

    It 'counts on after a prefix' {
        (New-DecnetDecky -Count 3 -NamePrefix web -Service http @lan).Name | Should -Be 'web-01', 'web-02', 'web-03'
    }

    It 'takes its names, one decky each' {
        (New-DecnetDecky -Name alpha, beta -Service ssh @lan).Name | Should -Be 'alpha', 'beta'
    }

    It 'describes one decky when nobody says how many' {
        @(New-DecnetDecky -Service ssh @lan).Count | Should -Be 1
    }

    It 'takes services and settings from an archetype' {
        $decky = New-DecnetDecky -Archetype windows-server @lan
        $decky.Archetype | Should -Be 'windows-server'
        $decky.NmapOs | Should -Be 'windows_server'
        $decky.Services | Should -Be (Get-DecnetArchetype windows-server).Services
    }

    It 'lets chance choose services, each of them one that there is' {
        $deckies = New-DecnetDecky -Count 30 -RandomizeService @lan -Seed 7 -WarningAction Ignore
        ($deckies | ForEach-Object { $_.Services -join ',' } | Select-Object -Unique).Count | Should -BeGreaterThan 3
        { Get-DecnetService ($deckies.Services | Select-Object -Unique) } | Should -Not -Throw
    }

    It 'takes distributions in turn' {
        (New-DecnetDecky -Count 4 -Service ssh -Distro debian, alpine @lan).Distro | Should -Be 'debian', 'alpine', 'debian', 'alpine'
    }

    It 'lets chance choose distributions' {
        (New-DecnetDecky -Count 30 -Service ssh -RandomizeDistro @lan -Seed 7 -WarningAction Ignore).Distro | Select-Object -Unique | Measure-Object |
            ForEach-Object Count | Should -BeGreaterThan 2
    }

    It 'takes its addresses, one decky each' {
        (New-DecnetDecky -IPAddress 198.18.40.9, 198.18.40.7 -Service ssh).IPAddress | Should -Be '198.18.40.9', '198.18.40.7'
    }

    It 'leaves out the gateway and the host, and begins where it is told' {
        (New-DecnetDecky -Count 3 -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.11 -HostIP 198.18.30.12 -FirstIP 198.18.30.10).IPAddress |
            Should -Be '198.18.30.10', '198.18.30.13', '198.18.30.14'
    }

    It 'keeps how often services change' {
        (New-DecnetDecky -Service ssh @lan -MutateInterval 02:00:00).MutateInterval | Should -Be ([timespan]::FromHours(2))
    }

    It 'makes the same choices with the same seed, and others with another' {
        $shape = { param($seed) New-DecnetDecky -Count 20 -RandomizeService -RandomizeDistro @lan -Seed $seed -WarningAction Ignore | ConvertTo-Json -Depth 4 -EnumsAsStrings }
        & $shape 42 | Should -BeExactly (& $shape 42)
        & $shape 42 | Should -Not -BeExactly (& $shape 43)
    }

    It 'makes other choices each time without a seed' {
        $shape = { New-DecnetDecky -Count 20 -RandomizeService -RandomizeDistro @lan -WarningAction Ignore | ConvertTo-Json -Depth 4 -EnumsAsStrings }
        & $shape | Should -Not -BeExactly (& $shape)
    }

    It 'makes deckies of rows that are piped to it, by property name' {
        $table = "Name,Service,IPAddress`nfiles,smb,198.18.50.3`nshell,ssh,198.18.50.4" | ConvertFrom-Csv
        $deckies = $table | New-DecnetDecky
        $deckies.Name | Should -Be 'files', 'shell'
        $deckies[0].Services | Should -Be 'smb'
        $deckies[1].IPAddress | Should -Be '198.18.50.4'
    }

    It 'does not choose between addresses and a subnet' {
        { New-DecnetDecky -Service ssh -IPAddress 198.18.30.4 @lan } | Should -Throw -ErrorId "AmbiguousParameterSet,$id"
    }

    It 'asks for at least one decky' {
        { New-DecnetDecky -Count 0 -Service ssh @lan } | Should -Throw -ErrorId "ParameterArgumentValidationError,$id"
    }
}

Describe 'Faults of New-DecnetDecky' {
    It 'are all reported at once, and then nothing is described' {
        $faults = $null
        $deckies = try { New-DecnetDecky -Name 'Web_01' -Service htttp, sssh -Distro debain @lan -ErrorAction SilentlyContinue -ErrorVariable faults } catch { $last = $_ }
        $deckies | Should -BeNullOrEmpty
        $text = @($faults) + @($last) | Out-String -Width 500
        foreach ($wrong in 'Web_01', 'htttp', 'sssh', 'debain') { $text | Should -Match $wrong }
    }

    It 'end the cmdlet with the last one' {
        { New-DecnetDecky -Service nope @lan } | Should -Throw -ErrorId "Fleet*,$id"
    }

    It 'have ids and fit their category: <Case>' -ForEach @(
        @{ Case = 'unknown service'; Arguments = @{ Service = 'nope' }; Names = 'nope' }
        @{ Case = 'unknown archetype'; Arguments = @{ Archetype = 'nope' }; Names = 'nope' }
        @{ Case = 'unknown distro'; Arguments = @{ Service = 'ssh'; Distro = 'nope' }; Names = 'nope' }
        @{ Case = 'no room'; Arguments = @{ Service = 'ssh'; Count = 300 }; Names = '300' }
        @{ Case = 'a name twice'; Arguments = @{ Service = 'ssh'; Name = 'alpha', 'alpha' }; Names = 'alpha' }
        @{ Case = 'unknown setting'; Arguments = @{ Service = 'ssh'; ServiceConfig = @{ ssh = @{ nope = 1 } } }; Names = 'nope' }
    ) {
        $caught = try { New-DecnetDecky @Arguments @lan } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -Match "^Fleet[A-Z][A-Za-z]+,$id$"
        $caught.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $caught.Exception.Message | Should -Match $Names
    }

    It 'tell that settings of a service are no table' {
        { New-DecnetDecky -Service ssh @lan -ServiceConfig @{ ssh = 'secret' } } | Should -Throw -ErrorId "ServiceConfigInvalid,$id"
    }
}

Describe 'Secrets' {
    BeforeAll {
        $plain = 'tr0ub4dor-and-3'
        $secure = ConvertTo-SecureString $plain -AsPlainText -Force
    }

    It 'given as <Kind> are in no stream, view, text or document' -ForEach @(
        @{ Kind = 'text' }, @{ Kind = 'SecureString' }, @{ Kind = 'PSCredential' }
    ) {
        $value = switch ($Kind) { text { $plain } SecureString { $secure } PSCredential { [pscredential]::new('root', $secure) } }
        $all = New-DecnetDecky -Service ssh @lan -ServiceConfig @{ ssh = @{ password = $value } } -Verbose -Debug *>&1
        $all | Should -Not -BeNullOrEmpty
        $shown = @(
            $all | Out-String -Width 500
            $all | Format-List * -Force | Out-String -Width 500
            $all | Format-Table * -Force | Out-String -Width 5000
            $all | ForEach-Object { $_.ToString() }
            $all | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
            $all | ConvertTo-Csv
            [System.Management.Automation.PSSerializer]::Serialize($all, 6)
            $all | Get-Member -Force | Out-String -Width 500
        ) -join "`n"
        $shown | Should -Match 'decky-01'
        $shown | Should -Not -Match $plain
        $shown | Should -Not -Match ([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($plain)))
    }

    It 'are not in the errors about them' {
        $faults = $null
        $caught = try {
            New-DecnetDecky -Service ssh @lan -ServiceConfig @{ ssh = @{ password = @($plain, $plain); user_password = $secure; nope = 1 } } -ErrorAction SilentlyContinue -ErrorVariable faults
        }
        catch { $_ }
        $caught | Should -Not -BeNullOrEmpty
        (@($caught) + @($faults) | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 500; $_.ToString(); "$($_.TargetObject)" }) -join "`n" |
            Should -Not -Match $plain
    }
}

Describe 'The speed of New-DecnetDecky' -Tag Figure {
    It 'describes 10,000 deckies within a second' {
        $null = New-DecnetDecky -Count 100 -Service ssh -Subnet 10.0.0.0/16 -Gateway 10.0.0.1
        $times = 1..3 | ForEach-Object { (Measure-Command { $script:many = New-DecnetDecky -Count 10000 -RandomizeService -Subnet 10.0.0.0/16 -Gateway 10.0.0.1 -Seed 1 -WarningAction Ignore }).TotalMilliseconds }
        $many.Count | Should -Be 10000
        ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 1000
    }
}
