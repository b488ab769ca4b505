namespace Decnet.Fleet.Containers.StandIns;

using System.Globalization;
using System.Text;
using Decnet.Fleet.Catalog;

/// <summary>
/// Writes the script that speaks with one client, with standard input and output as the connection. It ends when there are too
/// many processes, after a number of answers, when the client says nothing for a while, and at a deadline in any case.
/// </summary>
/// <param name="listener">What to say.</param>
/// <param name="template">Who says it.</param>
internal sealed class StandInHandler(StandInListener listener, StandInTemplate template)
{
    /// <summary>The longest connection, in seconds.</summary>
    const int MaxSeconds = 120;

    /// <summary>The longest silence of a client, in seconds.</summary>
    const int MaxSilence = 30;

    /// <summary>The most bytes of a line; what is longer counts as the next line.</summary>
    const int MaxLine = 512;

    /// <summary>The most lines of a header, or of a content that ends with a line.</summary>
    const int MaxLines = 200;

    readonly StringBuilder script = new();

    bool HasSteps => listener.Rules.Any(rule => rule.At is not null || rule.Go is not null);

    internal string Write()
    {
        Line("exec 2>/dev/null");
        Line("m=$1; set -- /proc/[0-9]*; [ $# -le $m ] || exit");
        Line($"read -r n x </proc/uptime; e=$((${{n%.*}}+{MaxSeconds}))");
        // Sets n to the seconds that a client may be silent now.
        Line($"w() {{ read -r n x </proc/uptime; n=$((e-${{n%.*}})); [ $n -gt 0 ] || exit; [ $n -lt {MaxSilence} ] || n={MaxSilence}; }}");
        Say(listener.Greeting);
        if (listener.Reads == StandInInput.Bytes)
        {
            Line("""b() { w; h=$(timeout $n dd bs=512 count=1 | hexdump -v -e '/1 " %02x"'); [ "$h" ] || exit; }""");
            Converse("b; set -- $h", "$h");
        }
        else
        {
            Line($"r() {{ w; IFS= read -r -t $n -n {MaxLine} l || exit; l=${{l%[[:cntrl:]]}}; }}");
            switch (listener.Reads)
            {
                case StandInInput.Anything:
                    Line("i=0; while [ $((i+=1)) -le 20 ]; do r; done");
                    break;
                case StandInInput.Requests:
                    new StandInRequests(listener, template, script).Write(MaxLines);
                    break;
                case StandInInput.Resp:
                    Line("q() { r; r; v=$l; }");
                    Converse(
                        "r; case $l in '*'[1-9]) k=${l#?}; q; c=$v; a=; i=1; while [ $((i+=1)) -le $k ]; do q; a=${a:-$v}; done; l=$c;; *) a=${l#* };; esac",
                        "${l%% *}");
                    break;
                case StandInInput.TaggedLines:
                    Converse("r; t=${l%% *}; l=${l#* }; a=${l#* }", "${l%% *}");
                    break;
                default:
                    Converse("r; a=${l#* }", "${l%% *}");
                    break;
            }
        }

        return script.ToString();
    }

    void Converse(string read, string subject)
    {
        Line($"s=0; z=0; while [ $((z+=1)) -le {listener.Turns} ]; do {read}; case \"{(HasSteps ? "$s:" : "")}{subject}\" in");
        foreach (var rule in listener.Rules)
        {
            script.Append(Pattern(rule)).Append(") ");
            Answer(rule);
            script.Append(";;\n");
        }

        Line("*) exit;;\nesac; done");
    }

    void Answer(StandInRule rule)
    {
        var commands = new List<string>();
        if (rule.UserAt is { } start)
        {
            commands.Add(string.Create(
                CultureInfo.InvariantCulture,
                $@"u=; shift {start - 1}; for x; do case $x in 00) break;; [2-7]?) [ ${{#u}} -lt {4 * StandInPiece.MaxUser} ] && u=$u\\x$x;; esac; done; u=$(printf ""$u"")"));
        }

        Add(rule.Reply);
        if (rule.Until is { } until)
        {
            commands.Add($"i=0; while r; [ \"$l\" != {ShellText.Quote(until)} ]; do [ $((i+=1)) -lt {MaxLines} ] || exit; done");
            Add(rule.Then);
        }

        if (rule.Go is { } step)
        {
            commands.Add(string.Create(CultureInfo.InvariantCulture, $"s={step}"));
        }

        if (rule.End)
        {
            commands.Add("exit");
        }

        script.AppendJoin("; ", commands.DefaultIfEmpty(":"));

        void Add(string? text)
        {
            if (text is not null && template.Render(text) is { IsEmpty: false } message)
            {
                commands.Add(message.ToShell());
            }
        }
    }

    string Pattern(StandInRule rule)
    {
        var step = !HasSteps ? "" : rule.At is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at}:") : "?:";
        return string.Join('|', rule.When.Split('|', StringSplitOptions.TrimEntries).Select(when =>
            step + (listener.Reads == StandInInput.Bytes ? BytePattern(when) : when == "*" ? "*" : ShellText.AnyCase(when))));
    }

    /// <summary>A dump has a blank before each byte.</summary>
    static string BytePattern(string when) =>
        when == "*" ? "*" : (when.StartsWith('*') ? "" : "' '") + when.Replace(" ", "' '", StringComparison.Ordinal);

    void Say(string? text)
    {
        if (text is not null)
        {
            Line(template.Render(text).ToShell());
        }
    }

    void Line(string text) => script.Append(text).Append('\n');
}
