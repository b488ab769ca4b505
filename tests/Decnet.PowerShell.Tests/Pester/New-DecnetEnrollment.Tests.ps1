BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.NewDecnetEnrollmentCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'New-DecnetEnrollment' {
    BeforeEach { $folder = (Connect-Lab).StateDirectory }

    It 'makes the authority, and a command line with the token' {
        $made = New-DecnetEnrollment rack1-host -Master master.example
        $made.Name | Should -Be 'rack1-host'
        $made.CaFingerprint | Should -MatchExactly '^sha256:[0-9a-f]{64}$'
        $made.Command | Should -BeExactly "decnetd agent enroll --master master.example:8771 --token $($made.Token) --ca-fingerprint $($made.CaFingerprint)"
        Join-Path $folder 'pki/ca.key' | Should -Exist
    }

    It 'keeps the token nowhere' {
        $made = New-DecnetEnrollment rack1-host
        $token = [regex]::Escape($made.Token)
        Get-ChildItem $folder -Recurse -File | ForEach-Object { [System.IO.File]::ReadAllText($_.FullName, [System.Text.Encoding]::Latin1) } | Should -Not -Match $token
    }

    It 'makes one for each name, each with another token' {
        $made = 'rack1-host', 'rack2-host' | New-DecnetEnrollment -ExpiresIn 00:10:00
        $made.Name | Should -Be 'rack1-host', 'rack2-host'
        $made[0].Token | Should -Not -Be $made[1].Token
        $made[0].CaFingerprint | Should -Be $made[1].CaFingerprint
        $made[0].ExpiresAt | Should -BeLessThan ([DateTimeOffset]::UtcNow.AddMinutes(11))
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'a name that is none'; Call = { New-DecnetEnrollment 'Rack 1' }; Id = 'FleetInvalidHostName' }
        @{ Why = 'a time that is too long'; Call = { New-DecnetEnrollment rack1-host -ExpiresIn 8.00:00:00 }; Id = 'FleetInvalidLifetime' }
        @{ Why = 'a master that is no place'; Call = { New-DecnetEnrollment rack1-host -Master 'https://x' }; Id = 'MasterInvalid' }
        @{ Why = 'the name of the master itself'; Call = { New-DecnetEnrollment local }; Id = 'HostNameTaken' }
    ) {
        & { $ErrorActionPreference = 'Continue'; & $Call } 2>&1 | ForEach-Object FullyQualifiedErrorId | Should -Be "$Id,$command"
    }
}
