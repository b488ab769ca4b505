BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Connect-Decnet' {
    It 'emits the context that it has chosen' {
        $folder = Join-Path $TestDrive 'chosen'
        $context = Connect-Decnet -StateDirectory $folder -HostId edge-01 -Runtime Memory
        $context.StateDirectory | Should -Be $folder
        $context.HostId | Should -Be 'edge-01'
        $context.Runtime | Should -Be 'Memory'
        $context.Connected | Should -BeTrue
    }

    It 'creates nothing' {
        $null = Connect-Decnet -StateDirectory (Join-Path $TestDrive 'untouched') -Runtime Memory
        Join-Path $TestDrive 'untouched' | Should -Not -Exist
    }

    It 'takes a path relative to the location of the shell' {
        Push-Location $TestDrive
        try { (Connect-Decnet -StateDirectory ./here -Runtime Memory).StateDirectory | Should -Be (Join-Path $TestDrive 'here') }
        finally { Pop-Location }
    }

    It 'takes a project, for a fleet of its own on a shared engine' {
        (Connect-Decnet -StateDirectory $TestDrive -Runtime Memory).Project | Should -Be 'decnet'
        (Connect-Decnet -StateDirectory $TestDrive -Runtime Memory -Project lab).Project | Should -Be 'lab'
        { Connect-Decnet -Project 'No Project' -Runtime Memory } | Should -Throw -ExpectedMessage '*No Project*'
    }

    It 'refuses a host id that is none' {
        { Connect-Decnet -HostId 'a b' -Runtime Memory } | Should -Throw -ErrorId 'HostIdInvalid,Decnet.PowerShell.Commands.ConnectDecnetCommand'
    }

    It 'refuses a path that is no file' {
        { Connect-Decnet -StateDirectory env:x -Runtime Memory } | Should -Throw -ErrorId 'PathNotAFile,Decnet.PowerShell.Commands.ConnectDecnetCommand'
    }
}

Describe 'Get-DecnetContext' {
    It 'shows the defaults when nobody has connected' {
        Disconnect-Decnet
        $env:DECNET_STATE_DIR = Join-Path $TestDrive 'default'
        $env:DECNET_HOST_ID = 'from-env'
        try {
            $context = Get-DecnetContext
            $context.Connected | Should -BeFalse
            $context.StateDirectory | Should -Be $env:DECNET_STATE_DIR
            $context.HostId | Should -Be 'from-env'
            $context.Runtime | Should -Be 'Docker'
        }
        finally { $env:DECNET_STATE_DIR = $env:DECNET_HOST_ID = $null }
    }

    It 'has containers to break only when they are simulated' {
        (Connect-Lab).Containers.Count | Should -Be 0
        (Connect-Decnet -StateDirectory $TestDrive).Containers | Should -BeNullOrEmpty
    }
}

Describe 'Disconnect-Decnet' {
    It 'goes back to the defaults' {
        $null = Connect-Lab
        Disconnect-Decnet
        (Get-DecnetContext).Connected | Should -BeFalse
    }

    It 'may be called when nobody has connected' {
        Disconnect-Decnet
        { Disconnect-Decnet } | Should -Not -Throw
    }
}
