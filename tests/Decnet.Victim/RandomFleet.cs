namespace Decnet.Victim;

using System.Net;
using Decnet.Fleet.Model;

static class RandomFleet
{
    const string Image = "debian:bookworm-slim";

    static readonly string[] Services = ["ssh", "http", "smb", "ftp"];

    public static Fleet Of(int deckies, Random random) => new()
    {
        Subnet = IPNetwork.Parse("10.0.0.0/8"),
        Gateway = IPAddress.Parse("10.0.0.1"),
        Deckies = [.. Enumerable.Range(0, deckies).Select(index => Decky($"decky-{index}", index, random))],
    };

    public static Decky Decky(string name, int index, Random random) => new()
    {
        Name = DeckyName.Parse(name),
        IPAddress = new IPAddress([10, 1, (byte)(index >> 8), (byte)index]),
        Services = [.. Services.OrderBy(_ => random.Next()).Take(random.Next(1, 4))],
        Distro = "debian",
        BaseImage = Image,
        BuildBase = Image,
        Hostname = $"SRV-{random.Next(1000)}",
    };
}
