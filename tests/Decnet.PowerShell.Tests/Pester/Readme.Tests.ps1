BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $readme = Get-Content (Join-Path $PSScriptRoot '../../../README.md') -Raw
    $block = [regex]::Match($readme, '(?s)```console\n(PS> Import-Module.*?)```').Groups[1].Value
    $commands = @($block -split "`n" | Where-Object { $_.StartsWith('PS> ') } | ForEach-Object { $_.Substring(4) })
}
AfterAll { Disconnect-Decnet }

Describe 'The session that the README shows' {
    It 'runs, and ends as it is shown' {
        $commands.Count | Should -BeGreaterThan 7
        Push-Location $TestDrive
        try {
            foreach ($command in $commands -ne 'Import-Module ./out/Decnet') { $shown = Invoke-Expression $command }
        }
        finally { Pop-Location }

        $rows = $block.Substring($block.LastIndexOf('PS> Get-DecnetDecky')) -split "`n" | Where-Object { $_ -match '^web-' }
        @($shown).Count | Should -Be $rows.Count
        foreach ($row in $shown) {
            "$($rows)" | Should -Match "$($row.Name) $($row.State) $([regex]::Escape($row.IPAddress)) $($row.Services -join ', ')"
        }
    }
}
