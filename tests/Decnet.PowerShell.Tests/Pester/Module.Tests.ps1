BeforeDiscovery {
    $manifest = Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1'
    Import-Module $manifest
    $cmdlets = Get-Command -Module Decnet | ForEach-Object { @{ Name = $_.Name } }
    # Verbs that change what is on disk or in the engine. The others look, describe, choose what is worked on, or wait.
    $changing = $cmdlets | Where-Object Name -Match '^((Backup|Deploy|Export|Invoke|Register|Remove|Restore|Resume|Stop|Suspend|Unregister)-|New-DecnetEnrollment$)'
}

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')).Path

    # Runs a command in another shell, as a user has it or as a job has it; gives its output, and its code in $LASTEXITCODE.
    function Invoke-Shell([string] $Command) { pwsh -NoProfile -NonInteractive -Command $Command 2>&1 | Out-String }
}
AfterAll { Disconnect-Decnet }

Describe 'The manifest' {
    BeforeAll { $module = Test-ModuleManifest $manifest }

    It 'is valid, and for PowerShell 7.6 Core' {
        $module.Version | Should -BeGreaterThan ([version] '0.0')
        $module.PowerShellVersion | Should -Be ([version] '7.6')
        $module.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'exports the cmdlets that the assembly has, by name' {
        $assembly = [System.Reflection.Assembly]::Load('Decnet.PowerShell')
        $written = $assembly.GetExportedTypes().ForEach({ $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) }).ForEach({ "$($_.VerbName)-$($_.NounName)" })
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ($written | Sort-Object)
        (Get-Command -Module Decnet).Name | Sort-Object | Should -Be ($written | Sort-Object)
    }

    It 'exports nothing else, so that it is found without being analysed' {
        $data = Import-PowerShellDataFile $manifest
        foreach ($list in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') { $data[$list].Count | Should -Be 0 }
        $data.CmdletsToExport | Where-Object { $_ -match '[*?]' } | Should -BeNullOrEmpty
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count | Should -Be 0
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $cmdlet = Get-Command $Name
        $help = Get-Help $Name -Full
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $own = $cmdlet.Parameters.Values | Where-Object { $_.Name -notin $common }
    }

    It 'has an approved verb and a noun in the singular' {
        (Get-Verb).Verb | Should -Contain $cmdlet.Verb
        $cmdlet.Noun | Should -Match '^Decnet([A-Z][A-Za-z]+)?$'
        $cmdlet.Noun | Should -Not -Match '(?<!s)s$'
    }

    It 'has parameters in the singular' {
        $own.Name | Where-Object { $_ -cmatch '(?<![su])s$' -and $_ -notin 'As', 'MaxDeletions', 'RemoveStrays' } | Should -BeNullOrEmpty
    }

    It 'says what it emits' {
        $cmdlet.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'has a synopsis, a description and an example that can be parsed' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name\s+\["
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        $help.examples.example | Should -Not -BeNullOrEmpty
        foreach ($example in $help.examples.example) {
            $parseErrors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $parseErrors)
            $parseErrors | Should -BeNullOrEmpty -Because $example.code
            $example.code | Should -Match $Name
        }
    }

    It 'calls cmdlets of the module in its examples with parameters that they have' {
        foreach ($example in $help.examples.example) {
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $null)
            foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $command = Get-Command $call.GetCommandName() -Module Decnet -ErrorAction Ignore
                if ($call.GetCommandName() -like '*-Decnet*') { $command | Should -Not -BeNullOrEmpty -Because $example.code }
                foreach ($parameter in $call.CommandElements.Where({ $command -and $_ -is [System.Management.Automation.Language.CommandParameterAst] })) {
                    { $command.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because $example.code
                }
            }
        }
    }

    It 'explains each parameter' {
        foreach ($parameter in $own) {
            $text = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            ($text.description | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name)"
        }
    }

    It 'takes one thing from the pipeline by value, in each parameter set' {
        foreach ($set in $cmdlet.ParameterSets) {
            @($set.Parameters | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual 1 -Because $set.Name
        }
    }

    It 'takes deckies by property name wherever it takes names of them' {
        if ($cmdlet.Parameters.ContainsKey('Name') -and $cmdlet.Noun -in 'DecnetDecky', 'DecnetMutation') {
            $cmdlet.Parameters['Name'].Aliases | Should -Contain 'DeckyName'
            $cmdlet.Parameters['Name'].ParameterSets.Values.ValueFromPipelineByPropertyName | Should -Contain $true
        }
    }
}

Describe '<Name>, which changes something,' -ForEach $changing {
    It 'can be rehearsed and confirmed' {
        (Get-Command $Name).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command $Name).Parameters.Keys | Should -Contain 'Confirm'
    }
}

Describe 'The weight of a decision' {
    It 'of <Name> is <Impact>' -ForEach @(
        @{ Name = 'Remove-DecnetDecky'; Impact = 'High' }, @{ Name = 'Restore-DecnetState'; Impact = 'Medium' }
        @{ Name = 'Invoke-DecnetReconcile'; Impact = 'Medium' }, @{ Name = 'Invoke-DecnetMutation'; Impact = 'Medium' }
        @{ Name = 'Deploy-DecnetFleet'; Impact = 'Medium' }, @{ Name = 'Unregister-DecnetHost'; Impact = 'High' }
    ) {
        [System.Management.Automation.CommandMetadata]::new((Get-Command $Name).ImplementingType).ConfirmImpact | Should -Be $Impact
    }
}

Describe 'Importing' {
    It 'works in a fresh shell that is not interactive' {
        $text = Invoke-Shell "Import-Module '$manifest'; (Get-DecnetContext).Runtime; (New-DecnetDecky -Service ssh -Subnet 10.0.0.0/24 -Gateway 10.0.0.1).Name"
        $LASTEXITCODE | Should -Be 0
        $text -split '\r?\n' | Should -Contain 'Docker'
        $text -split '\r?\n' | Should -Contain 'decky-01'
    }

    It 'may be repeated, forced, and done again after the module was removed: the session of simulated containers ends with the module' {
        $folder = Join-Path $TestDrive 'again'
        $text = Invoke-Shell @"
`$ErrorActionPreference = 'Stop'
Import-Module '$manifest'; Import-Module '$manifest'
`$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
Import-Module '$manifest' -Force
"forced `$((New-DecnetDecky -Service ssh -Subnet 10.0.0.0/24 -Gateway 10.0.0.1).Name)"
Remove-Module Decnet
if (Get-Command Get-DecnetContext -Module Decnet -ErrorAction Ignore) { 'still there' }
Import-Module '$manifest'
"connected `$((Get-DecnetContext).Connected)"
"again `$((Get-DecnetService ssh).Name)"
"@
        $LASTEXITCODE | Should -Be 0 -Because $text
        $text | Should -Match 'forced decky-01'
        $text | Should -Not -Match 'still there'
        $text | Should -Match 'connected False'
        $text | Should -Match 'again ssh'
    }

    It 'may be done in many runspaces, which share the session' {
        $folder = Join-Path $TestDrive 'shared'
        $text = Invoke-Shell @"
Import-Module '$manifest'
`$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory -HostId shared-01
`$hosts = 1..12 | ForEach-Object -Parallel { Import-Module '$manifest'; (Get-DecnetContext).HostId; Remove-Module Decnet } -ThrottleLimit 6
"hosts `$(`$hosts.Count) `$(`$hosts | Select-Object -Unique)"
"afterwards `$((Get-DecnetContext).HostId)"
"@
        $LASTEXITCODE | Should -Be 0 -Because $text
        $text | Should -Match 'hosts 12 shared-01\s'
        $text | Should -Match 'afterwards shared-01'
    }

    It 'happens by itself when the module is on the path of modules' {
        $path = Split-Path (Split-Path $manifest)
        $text = Invoke-Shell "`$env:PSModulePath = '$path' + [IO.Path]::PathSeparator + `$env:PSModulePath; (Get-DecnetService ssh).Name; (Get-Module Decnet).Name"
        ($text -split '\r?\n').Where({ $_ }) | Should -Be 'ssh', 'Decnet'
    }

    It 'needs neither a home nor a state folder that can be made' {
        $text = Invoke-Shell "`$env:HOME = '/nonexistent'; `$env:DECNET_STATE_DIR = '/proc/none'; Import-Module '$manifest'; (Get-DecnetArchetype linux-server).Name; Get-DecnetDecky | Measure-Object | % Count"
        ($text -split '\r?\n').Where({ $_ }) | Should -Be 'linux-server', '0'
    }

    It 'takes at most 300 ms more than a shell takes to start' -Tag Figure {
        $empty = 1..5 | ForEach-Object { (Measure-Command { pwsh -NoProfile -NonInteractive -Command '1' }).TotalMilliseconds } | Measure-Object -Minimum
        $with = 1..5 | ForEach-Object { (Measure-Command { pwsh -NoProfile -NonInteractive -Command "Import-Module '$manifest'" }).TotalMilliseconds } | Measure-Object -Minimum
        $with.Minimum - $empty.Minimum | Should -BeLessOrEqual 300
    }
}

Describe 'The conceptual help' {
    It 'is found' {
        $text = Invoke-Shell "Import-Module '$manifest'; Get-Help about_Decnet"
        $text | Should -Match 'Memory'
        $text | Should -Match 'DECNET_STATE_DIR'
    }
}
