namespace Decnet.Fleet.Tests.Building.Ini;

using System.Text;

/// <summary>Makes texts that look like descriptions but for a few mistakes, and texts that do not look like any.</summary>
sealed class IniMutator(Random random)
{
    const string Alphabet = "[]=:#;\"'\\.,-_%$ \t\n\r\0abz019AZ\u00e9\u00a0\ufeff\u2028\ud83d\udc3a\u001b/";

    static readonly string[] Tokens =
    [
        "[general]", "[DEFAULT]", "[General]", "[custom-plc]", "[custom-]", "[custom-ssh]", "[Custom-x]", "[web]", "[web-01]", "[web.ssh]",
        "[web-01.ssh]", "[web.plc]", "[.ssh]", "[a.]", "[.]", "[", "]", "[]", "[web", "net", "gw", "interface", "driver", "ip", "services",
        "archetype", "distro", "hostname", "nmap_os", "nmap-os", "mutate_interval", "mutate-interval", "amount", "binary", "exec", "ports",
        "10.0.0.0/24", "10.0.0.1", "0", "1", "2", "100", "101", "-1", "65536", "4840/udp", "ssh", "http", "plc", "macvlan", "ipvlan", "=", ":",
        ",", "\n", "\r\n", "\r", "\n  ", "\n\t", " #", " ;", "\"", "\\\"", "'", "\\", "%(x)s", "b64:", "\ufeff", "\0", "password", "custom_body",
    ];

    static readonly string[] Samples = [.. IniSample.Names.Select(IniSample.Text)];

    public string Next() => random.Next(10) switch
    {
        0 => Characters(random.Next(200)),
        1 => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Token())),
        2 => Lines(random.Next(40)),
        _ => Mutate(Samples[random.Next(Samples.Length)]),
    };

    string Mutate(string sample)
    {
        var text = new StringBuilder(sample);
        for (var mutations = random.Next(1, 1 + random.Next(1, 12)); mutations > 0; mutations--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(1, 30), text.Length - at);
            _ = random.Next(7) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Token()),
                2 => text.Insert(at, Characters(random.Next(1, 4))),
                3 => text.Insert(at, text.ToString(at, length)),
                4 => text.Remove(at, Math.Min(1, length)).Insert(at, Characters(1)),
                5 => text.Insert(random.Next(text.Length + 1), text.ToString(at, length)),
                _ => FlipBytes(text, at),
            };
        }

        return text.ToString();
    }

    StringBuilder FlipBytes(StringBuilder text, int at)
    {
        var length = Math.Min(8, text.Length - at);
        var bytes = Encoding.UTF8.GetBytes(text.ToString(at, length));
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return text.Remove(at, length).Insert(at, Encoding.UTF8.GetString(bytes));
    }

    string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(4) switch
    {
        0 => Token() + "\n",
        1 => $"[{Characters(random.Next(6))}]\n",
        _ => $"{(random.Next(5) == 0 ? "  " : "")}{Token()} = {Token()}{Token()}\n",
    }));

    string Token() => Tokens[random.Next(Tokens.Length)];

    string Characters(int count) => string.Create(count, random, static (span, random) =>
    {
        foreach (ref var c in span)
        {
            c = random.Next(20) == 0 ? (char)random.Next(char.MaxValue + 1) : Alphabet[random.Next(Alphabet.Length)];
        }
    });
}
