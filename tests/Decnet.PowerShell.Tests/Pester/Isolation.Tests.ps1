BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')).Path

    # A module that brings assemblies of our dependencies' names, in versions of its own, with other things in them.
    $other = New-Item -ItemType Directory (Join-Path $TestDrive 'Other')
    $sources = @{
        'Microsoft.Data.Sqlite'                    = 'namespace Microsoft.Data.Sqlite { public class SqliteConnection { public static string Who() { return "other"; } } }'
        'SQLitePCLRaw.core'                        = 'namespace SQLitePCL { public static class raw { public static string Who() { return "other"; } } }'
        'SQLitePCLRaw.batteries_v2'                = 'namespace SQLitePCL { public static class Batteries_V2 { public static void Init() { throw new System.Exception("not the one that was meant"); } } }'
        'Decnet.Fleet'                             = 'namespace Decnet.Fleet.Model { public class Decky { public static string Who() { return "other"; } } }'
        'Decnet.Fleet.Hosting'                     = 'namespace Decnet.Fleet.Hosting { public class LocalFleet { } }'
        'Microsoft.Extensions.Logging.Abstractions' = 'namespace Microsoft.Extensions.Logging { public interface ILogger { string Who(); } }'
        'YamlDotNet'                               = 'namespace YamlDotNet.Core { public class Parser { } }'
    }
    $sourceFolder = New-Item -ItemType Directory (Join-Path $TestDrive 'Sources')
    # In another process, since an assembly that Add-Type writes is loaded as well.
    $build = foreach ($name in $sources.Keys) {
        $file = Join-Path $sourceFolder "$name.cs"
        Set-Content $file "[assembly: System.Reflection.AssemblyVersion(`"99.1.0.0`")] $($sources[$name])"
        "Add-Type -Path '$file' -OutputAssembly '$other/$name.dll' -OutputType Library"
    }
    pwsh -NoProfile -NonInteractive -Command ($build -join "`n") | Out-Null
    New-ModuleManifest -Path (Join-Path $other 'Other.psd1') -RequiredAssemblies @($sources.Keys.ForEach({ "$_.dll" }))

    $theirs = "Import-Module '$other/Other.psd1'"
    $ours = "Import-Module '$manifest'"
    $useTheirs = @'
foreach ($type in [Microsoft.Data.Sqlite.SqliteConnection], [SQLitePCL.raw], [Decnet.Fleet.Model.Decky]) { "theirs $($type::Who()) $($type.Assembly.GetName().Version)" }
'@
    function Get-UseOurs {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        @"
`$null = Connect-Decnet -StateDirectory '$folder' -Runtime Memory
`$null = New-DecnetDecky -Count 2 -Service ssh -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet -ErrorAction Stop
foreach (`$row in Get-DecnetDecky) { "ours `$(`$row.Name) `$(`$row.State)" }
"database `$(Test-Path '$folder/db/decnet.db')"
"@
    }

    function Invoke-Shell([string[]] $Command) { pwsh -NoProfile -NonInteractive -Command (@('$ErrorActionPreference = "Stop"') + $Command -join "`n") 2>&1 | Out-String }
}
AfterAll { Disconnect-Decnet }

Describe 'Beside a module with other versions of the dependencies' {
    It 'is there to be tested: the assemblies have been made' {
        (Get-ChildItem $other -Filter *.dll).Count | Should -Be 7
        [System.Reflection.AssemblyName]::GetAssemblyName("$other/Microsoft.Data.Sqlite.dll").Version | Should -Be ([version] '99.1.0.0')
    }

    It 'both work when <Case>' -ForEach @(
        @{ Case = 'theirs is imported first'; Order = { $theirs, $useTheirs, $ours, (Get-UseOurs), $useTheirs } }
        @{ Case = 'ours is imported first, and used before theirs comes'; Order = { $ours, (Get-UseOurs), $theirs, $useTheirs, (Get-UseOurs) } }
        @{ Case = 'both are imported, and then used'; Order = { $ours, $theirs, (Get-UseOurs), $useTheirs } }
    ) {
        $text = Invoke-Shell (& $Order)
        $LASTEXITCODE | Should -Be 0 -Because $text
        $lines = $text -split '\r?\n'
        $lines | Should -Contain 'ours decky-01 running'
        $lines | Should -Contain 'ours decky-02 running'
        $lines | Should -Contain 'database True'
        $lines | Should -Not -Contain 'database False'
        $lines.Where({ $_ -like 'theirs*' }) | Select-Object -Unique | Should -Be 'theirs other 99.1.0.0'
    }
}

Describe 'Where assemblies are' {
    It 'only the cmdlets are among the assemblies of all modules' {
        $null = Get-DecnetService ssh
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name })
        $behind = Get-ChildItem (Join-Path (Split-Path $manifest) dependencies) -Filter *.dll | ForEach-Object BaseName
        $behind | Should -Contain 'Decnet.Shell'
        $default | Where-Object { $_ -in $behind } | Should -BeNullOrEmpty
    }
}
