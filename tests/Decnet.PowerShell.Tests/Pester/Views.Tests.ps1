BeforeDiscovery {
    $format = Join-Path $PSScriptRoot '../../../src/Decnet.PowerShell/Module/Decnet.Format.ps1xml'
    $views = foreach ($view in ([xml](Get-Content $format -Raw)).Configuration.ViewDefinitions.View) {
        $labels = if ($view.TableControl) { $view.TableControl.TableHeaders.TableColumnHeader.Label }
        else { $view.ListControl.ListEntries.ListEntry.ListItems.ListItem | ForEach-Object { if ($_.Label) { $_.Label } else { $_.PropertyName } } }
        @{ Type = $view.Name; Labels = @($labels) }
    }
}

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    $rendering = $PSStyle.OutputRendering

    # One of each type, as the cmdlets emit it; the names of types lead to the views, so that no fleet is needed.
    function New-Shown([string] $Type) {
        $now = [DateTimeOffset]::UtcNow
        [pscustomobject]@{
            PSTypeName = $Type; Name = 'web-01'; DeckyName = 'web-01'; State = 'degraded'; Status = 'running'; PreviousState = 'running'; Outcome = 'failed'
            Condition = 'Good'; Suspended = $true; Reason = 'the base is away'; Services = @('http', 'ssh'); UpdatedAt = $now.AddMinutes(-3)
            CreatedAt = $now.AddMinutes(-3); LastBeat = $now.AddMinutes(-3); Duration = [timespan]::FromMilliseconds(450); Time = $now; StartedAt = $now; MadeAt = $now
            Progress = 'images 1/3'; Deckies = @('web-01'); DeckyStates = [ordered]@{ degraded = 1; running = 3 }; Steps = @('step one', 'step two'); Fingerprint = '0123456789abcdef'
        }
    }

    function Show([object] $Shown, [string] $As) {
        $PSStyle.OutputRendering = $As
        $Shown | Out-String -Width 400
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Disconnect-Decnet
}

Describe 'The view of <Type>' -ForEach $views {
    It 'shows each column without an escape when output is plain' {
        $text = Show (New-Shown $Type) PlainText
        foreach ($label in $Labels) { $text | Should -MatchExactly "\b$label\b" }
        $text | Should -Not -Match "`e"
    }

    It 'says the same in colour as without' {
        $shown = New-Shown $Type
        (Show $shown Ansi) -replace "`e\[[\d;]*m" -replace '\s+', ' ' | Should -BeExactly ((Show $shown PlainText) -replace '\s+', ' ')
    }
}

Describe 'Colours' {
    It 'shows <Token> in <Colour>' -ForEach @(
        @{ Token = 'running'; Colour = 'Green' }, @{ Token = 'succeeded'; Colour = 'Green' }, @{ Token = 'alive'; Colour = 'Green' }
        @{ Token = 'degraded'; Colour = 'Yellow' }, @{ Token = 'pending'; Colour = 'Yellow' }, @{ Token = 'stale'; Colour = 'Yellow' }
        @{ Token = 'failed'; Colour = 'Red' }, @{ Token = 'teardown_failed'; Colour = 'Red' }
    ) {
        [Decnet.PowerShell.Display.Cell]::State($Token, $PSStyle) | Should -BeExactly ($PSStyle.Foreground.$Colour + $Token + $PSStyle.Reset)
    }

    It 'dims <_>' -ForEach 'torn_down', 'stopped' {
        [Decnet.PowerShell.Display.Cell]::State($_, $PSStyle) | Should -BeExactly ($PSStyle.Dim + $_ + $PSStyle.Reset)
    }

    It 'shows what it does not know, and shells without styles, without colour' {
        [Decnet.PowerShell.Display.Cell]::State('insert', $PSStyle) | Should -BeExactly 'insert'
        [Decnet.PowerShell.Display.Cell]::State('running', $null) | Should -BeExactly 'running'
        [Decnet.PowerShell.Display.Cell]::State($null, $PSStyle) | Should -BeExactly ''
    }

    It 'follows the colours that somebody has chosen' {
        $green = $PSStyle.Foreground.Green
        $style = [pscustomobject]@{ Foreground = [pscustomobject]@{ Green = $PSStyle.Foreground.Cyan }; Reset = $PSStyle.Reset }
        [Decnet.PowerShell.Display.Cell]::State('running', $style) | Should -BeExactly ($PSStyle.Foreground.Cyan + 'running' + $PSStyle.Reset)
        $PSStyle.Foreground.Green | Should -BeExactly $green
    }
}

Describe 'Cells' {
    It 'shows <Seconds> s as <Text>' -ForEach @(
        @{ Seconds = 0.45; Text = '450 ms' }, @{ Seconds = 4.24; Text = '4.2 s' }, @{ Seconds = 42.9; Text = '42 s' }, @{ Seconds = 200; Text = '3m' }
        @{ Seconds = 7300; Text = '2h' }, @{ Seconds = 200000; Text = '2d' }, @{ Seconds = -1; Text = '0 ms' }
    ) {
        [Decnet.PowerShell.Display.Cell]::Span([timespan]::FromSeconds($Seconds)) | Should -BeExactly $Text
    }

    It 'shows an age in whole seconds at least' {
        [Decnet.PowerShell.Display.Cell]::Age([timespan]::FromSeconds(4.9)) | Should -BeExactly '4s'
        [Decnet.PowerShell.Display.Cell]::Age([timespan]::FromMinutes(61)) | Should -BeExactly '1h'
    }

    It 'shows how many deckies of a host are in which state' {
        Show (New-Shown 'Decnet.Shell.Output.FleetHost') PlainText | Should -Match 'degraded 1, running 3'
    }

    It 'shows nothing for nothing' {
        [Decnet.PowerShell.Display.Cell]::Span($null) | Should -BeExactly ''
        [Decnet.PowerShell.Display.Cell]::Time($null) | Should -BeExactly ''
        [Decnet.PowerShell.Display.Cell]::List($null) | Should -BeExactly ''
    }

    It 'says that a decky is suspended beside the reason of its state' {
        Show (New-Shown 'Decnet.Shell.Output.DeckyRow') PlainText | Should -Match 'degraded.*http, ssh\s+suspended; the base is away\s+3m'
    }
}
