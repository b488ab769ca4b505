namespace Decnet.Fleet.Containers.StandIns;

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Decnet.Fleet.Catalog;

/// <summary>Writes the part of a handler that answers one request of HTTP or SIP.</summary>
internal sealed partial class StandInRequests(StandInListener listener, StandInTemplate template, StringBuilder script)
{
    /// <summary>The alert handshake_failure of TLS 1.2 (RFC 5246, 7.2).</summary>
    const string HandshakeFailure = "${hex 15 03 03 00 02 02 28}";

    internal void Write(int maxLines)
    {
        // The first byte of a TLS record is a control character, the first of a request never is.
        Line($"w; IFS= read -r -t $n -n 1 f || exit; case $f in [[:cntrl:]]) {template.Render(HandshakeFailure).ToShell()}; exit;; esac");
        Line("r; q=$f$l; d=; i=0");
        // An answer repeats these; a request without them is none (RFC 3261, 8.1.1).
        var names = listener.Rules.SelectMany(rule => HeaderName().Matches(rule.Reply ?? "")).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToArray();
        var kept = string.Concat(names.Select(name => $"{ShellText.AnyCase(name)}:*) {Variable(name)}=$l;; "));
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"""case $q in *' '*' '*) while r; [ "$l" ]; do [ $((i+=1)) -lt {maxLines} ] || exit; case $l in {ShellText.AnyCase("content-length:")}*) d=1;; {kept}esac; done;; esac"""));
        foreach (var name in names)
        {
            Line($"[ \"${Variable(name)}\" ] || exit");
        }

        Line("case $q in");
        foreach (var rule in listener.Rules)
        {
            script.Append(string.Join('|', rule.When.Split('|', StringSplitOptions.TrimEntries).Select(Pattern))).Append(") ");
            script.Append(rule.Page is { } page ? Page(page) : rule.Reply is { } reply ? template.Render(reply).ToShell() : ":").Append(";;\n");
        }

        Line("esac");
        // What is left unread would reset the connection before the client has the answer.
        Line("[ -z \"$d\" ] || IFS= read -r -t 1 -n 4096 l");
    }

    string Page(StandInPage page)
    {
        var code = int.Parse(Encoding.ASCII.GetString(template.Render(page.Status).ToBytes()), CultureInfo.InvariantCulture);
        var body = template.Render(page.Body).ToBytes();
        var bare = code is < 200 or 204 or 304;
        var head = new StandInMessage().Add(Ascii($"HTTP/1.1 {code} {StandInPages.ReasonOf(code)}\r\n"));
        foreach (var header in page.Headers)
        {
            // A text of the operator can be empty, or several lines.
            if (template.Render(header) is { IsEmpty: false } line)
            {
                head.Add(line).Add("\r\n"u8);
            }
        }

        if (!bare)
        {
            head.Add("Content-Type: "u8).Add(template.Render(page.Type)).Add(Ascii($"\r\nContent-Length: {body.Length}\r\n"));
        }

        head.Add("Connection: close\r\n\r\n"u8);
        return bare || body.Length == 0
            ? head.ToShell()
            : $"{head.ToShell()}; case $q in HEAD*) ;; *) {new StandInMessage().Add(body).ToShell()};; esac";
    }

    /// <summary>Blanks are quoted; the rest of a pattern is what it is.</summary>
    static string Pattern(string when) => when.Replace(" ", "' '", StringComparison.Ordinal);

    /// <summary>The variable of the shell with a header line of the request.</summary>
    internal static string Variable(string header) => $"h_{header.Replace('-', '_')}";

    static byte[] Ascii(FormattableString text) => Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture));

    void Line(string text) => script.Append(text).Append('\n');

    [GeneratedRegex(@"\$\{header ([A-Za-z-]+)\}")]
    private static partial Regex HeaderName();
}
