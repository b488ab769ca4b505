BeforeAll { . $PSScriptRoot/Lab.ps1 }

Describe 'Deploy-DecnetFleet on an engine' -Tag Engine {
    BeforeAll {
        $policy = $env:DECNET_IMAGE_POLICY
        $env:DECNET_IMAGE_POLICY = 'tag'
        $null = Connect-Decnet -StateDirectory (Join-Path $TestDrive 'state') -DockerHost $env:DECNET_TEST_ENGINE -Project decnet-pester
        $deckies = New-DecnetDecky -Name web, mail -Service http, ssh -Distro debian -Subnet 198.18.90.0/24 -Gateway 198.18.90.1 -Seed 1
    }
    AfterAll {
        Remove-DecnetDecky -All -Force
        Disconnect-Decnet
        $env:DECNET_IMAGE_POLICY = $policy
    }

    It 'brings deckies up' {
        $operations = $deckies | Deploy-DecnetFleet -Driver Bridge
        $operations.Status | Should -Be @('succeeded', 'succeeded')
        @(Get-DecnetDecky).State | Should -Be @('running', 'running')
    }

    It 'finds nothing to do then' {
        $deckies | Deploy-DecnetFleet -Driver Bridge | Should -BeNullOrEmpty
    }

    It 'changes the services of one' {
        (Invoke-DecnetMutation web -Service ftp).Status | Should -Be 'succeeded'
        (Get-DecnetDecky web).Services | Should -Be 'ftp'
        @(Get-DecnetDecky).State | Should -Be @('running', 'running')
    }

    It 'tells what it would take to go back, and goes back' {
        $deckies | Deploy-DecnetFleet -Driver Bridge -WhatIf | Should -BeNullOrEmpty
        (Get-DecnetDecky web).Services | Should -Be 'ftp'
        ($deckies | Deploy-DecnetFleet -Driver Bridge).DeckyName | Should -Be 'web'
        (Get-DecnetDecky web).Services | Should -Be @('http', 'ssh')
    }

    It 'removes what it has made' {
        $operations = Remove-DecnetDecky -All -Force -PassThru
        $operations.Status | Should -Be @('succeeded', 'succeeded')
        Get-DecnetDecky | Should -BeNullOrEmpty
        (Get-DecnetFleet).Deckies | Should -BeNullOrEmpty
    }
}
