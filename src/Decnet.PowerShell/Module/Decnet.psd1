@{
    RootModule             = 'Decnet.PowerShell.dll'
    ModuleVersion          = '0.0.0'
    GUID                   = '6d1c2a6e-2f0a-4a3c-9d5e-0b6f7c1f5b21'
    Author                 = 'The Decnet authors'
    CompanyName            = 'The Decnet authors'
    Copyright              = 'The Decnet authors. MIT licence.'
    Description            = 'Builds fleets of decoy hosts, deploys them as containers, and keeps them as they should be.'
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @('Decnet.Format.ps1xml')
    TypesToProcess         = @('Decnet.Types.ps1xml')
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Backup-DecnetState'
        'Compare-DecnetFleet'
        'Connect-Decnet'
        'Deploy-DecnetFleet'
        'Disconnect-Decnet'
        'Export-DecnetFleet'
        'Export-DecnetSupportBundle'
        'Get-DecnetArchetype'
        'Get-DecnetContext'
        'Get-DecnetDecky'
        'Get-DecnetDistro'
        'Get-DecnetEvent'
        'Get-DecnetFleet'
        'Get-DecnetHost'
        'Get-DecnetOperation'
        'Get-DecnetPlan'
        'Get-DecnetService'
        'Get-DecnetWorker'
        'Import-DecnetFleet'
        'Invoke-DecnetMutation'
        'Invoke-DecnetReconcile'
        'New-DecnetDecky'
        'New-DecnetEnrollment'
        'Register-DecnetHost'
        'Remove-DecnetDecky'
        'Restore-DecnetState'
        'Resume-DecnetDecky'
        'Stop-DecnetWorker'
        'Suspend-DecnetDecky'
        'Test-DecnetFleet'
        'Test-DecnetHost'
        'Unregister-DecnetHost'
        'Wait-DecnetOperation'
        'Watch-DecnetEvent'
    )
    PrivateData            = @{
        PSData = @{
            Tags       = @('honeypot', 'decoy', 'deception', 'docker', 'security', 'Linux', 'Windows', 'MacOS', 'PSEdition_Core')
        }
    }
}
