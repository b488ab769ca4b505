BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $command = 'Decnet.PowerShell.Commands.RegisterDecnetHostCommand'
}
AfterAll { Disconnect-Decnet }

Describe 'Register-DecnetHost' {
    BeforeEach {
        $null = Connect-Lab
        $request = New-LabRequest rack1-host
        $reply = Join-Path $TestDrive "$([guid]::NewGuid()).json"
    }

    It 'signs the key of the request, and writes the reply for the host' {
        $made = Register-DecnetHost rack1-host rack1.example, 198.18.4.7 -Port 9765 -CertificateRequest $request -OutFile $reply -Master master.example:9770
        $read = Get-Content $reply -Raw | ConvertFrom-Json
        $read.host_id | Should -Be 'rack1-host'
        $read.master_port | Should -Be 9770
        $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($read.certificate)
        $certificate.Extensions.Where({ $_.Oid.Value -eq '2.5.29.17' }).Format($false) | Should -Match 'rack1.example'
        $certificate.GetCertHashString('SHA256') | Should -Be (Get-DecnetHost rack1-host).Fingerprint
        $made.Path | Should -Be $reply
        $made.Command | Should -BeExactly "decnetd agent enroll --reply $(Split-Path $reply -Leaf) --report-to master.example:9770 --ca-fingerprint $($made.CaFingerprint) --port 9765"
    }

    It 'does not replace a reply that is there, unless it is forced' {
        Set-Content $reply kept
        Register-DecnetHost rack1-host 198.18.4.7 -CertificateRequest $request -OutFile $reply -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "PathExists,$command"
        Get-Content $reply | Should -Be 'kept'
        Get-DecnetHost | Should -BeNullOrEmpty
        $null = Register-DecnetHost rack1-host 198.18.4.7 -CertificateRequest $request -OutFile $reply -Force
        (Get-DecnetHost).Name | Should -Be 'rack1-host'
    }

    It 'refuses <Why>, and registers nobody' -ForEach @(
        @{ Why = 'a file that is no request'; Text = 'nonsense'; Id = 'FleetCertificateRequest' }
        @{ Why = 'an empty file'; Text = ''; Id = 'FleetInvalidCertificateRequest' }
    ) {
        Set-Content $request $Text -NoNewline
        Register-DecnetHost rack1-host 198.18.4.7 -CertificateRequest $request -OutFile $reply -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,$command"
        Get-DecnetHost | Should -BeNullOrEmpty
        $reply | Should -Not -Exist
    }

    It 'refuses a name that a host has' {
        $null = Register-LabHost rack1-host
        Register-DecnetHost rack1-host 198.18.4.7 -CertificateRequest $request -OutFile $reply -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "HostNameTaken,$command"
        $failures[0].CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'reports a request that is not there' {
        Register-DecnetHost rack1-host 198.18.4.7 -CertificateRequest (Join-Path $TestDrive none.csr) -OutFile $reply -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be "PathNotFound,$command"
    }
}
