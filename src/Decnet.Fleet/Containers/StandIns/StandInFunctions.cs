namespace Decnet.Fleet.Containers.StandIns;

using System.Globalization;
using System.Text;

/// <summary>What can stand between <c>${</c> and <c>}</c> in a text of <c>decoys.json</c>.</summary>
internal static class StandInFunctions
{
    internal static StandInMessage Apply(StandInTemplate template, string name, ReadOnlySpan<char> argument)
    {
        var message = new StandInMessage();
        return name switch
        {
            "hex" => message.Add(Convert.FromHexString(argument.ToString().Replace(" ", "", StringComparison.Ordinal))),
            "random" => message.Add(template.Persona.Chance(Number(argument), template.NextToken())),
            "token" => message.Add(template.Persona.Token(Number(argument), template.NextToken())),
            "hostname" => message.Add(StandInTemplate.OneLine(template.Persona.Hostname)),
            "host" => message.Add(StandInTemplate.OneLine(template.Persona.Hostname.Split('.')[0])),
            "utf16" => message.Add(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(template.Render(argument).ToBytes()))),
            "bulk" => Bulk(template.Render(argument).ToBytes()),
            "ber" => StandInLength.Ber(Convert.ToByte(argument[..2].ToString(), 16), template.Render(argument[3..])),
            "in" => message.Add(StandInPiece.Input(Number(argument))),
            "rest" => message.Add(StandInPiece.Rest(Number(argument))),
            "user" => message.Add(StandInPiece.User),
            "tag" => message.Add(new StandInPiece(null, "$t")),
            "argument" => message.Add(new StandInPiece(null, "$a")),
            "header" => message.Add(new StandInPiece(null, "$" + StandInRequests.Variable(argument.ToString()))),
            "filetime" => message.Add(StandInPiece.FileTime),
            "reason" => message.Add(Encoding.ASCII.GetBytes(StandInPages.ReasonOf(Number(Encoding.ASCII.GetString(template.Named("code").ToBytes()))))),
            "extra_headers" => message.Add(StandInPages.Headers(template.Persona.Setting("extra_headers"))),
            "date" => message.Add(new StandInPiece(null, "$(date -u '+%a, %d %b %Y %H:%M:%S GMT')")),
            _ when StandInLength.IsPrefix(name) => StandInLength.Prefix(name, template.Render(argument)),
            _ => template.Named(name),
        };
    }

    /// <summary>A bulk string of RESP: its length, then it.</summary>
    static StandInMessage Bulk(byte[] content) =>
        new StandInMessage().Add(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${content.Length}\r\n"))).Add(content).Add("\r\n"u8);

    static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
