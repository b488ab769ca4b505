BeforeAll { . $PSScriptRoot/Lab.ps1 }
AfterAll { Disconnect-Decnet }

Describe 'Get-DecnetFleet' {
    It 'says that there is no fleet file, and creates none' {
        $context = Connect-Lab
        { Get-DecnetFleet } | Should -Throw -ErrorId 'FleetFileMissing,Decnet.PowerShell.Commands.GetDecnetFleetCommand'
        $context.StateDirectory | Should -Not -Exist
    }

    It 'says that the fleet file is damaged, and how to go on' {
        $context = Connect-Lab
        $null = New-Item $context.StateDirectory -ItemType Directory
        Set-Content (Join-Path $context.StateDirectory 'decnet-state.json') '{ nonsense'
        { Get-DecnetFleet } | Should -Throw -ErrorId 'FleetFileCorrupt,Decnet.PowerShell.Commands.GetDecnetFleetCommand' -ExpectedMessage '*Restore-DecnetState*'
    }
}
