namespace Decnet.Fleet.Containers.StandIns;

using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Who a stand-in pretends to be: the decky's system, and the settings of the service.</summary>
internal sealed class StandInPersona
{
    readonly Decky decky;
    readonly ServiceDefinition service;
    readonly ValueMap<SettingValue>? settings;

    internal StandInPersona(Decky decky, ServiceDefinition service, ValueMap<SettingValue>? settings)
    {
        this.decky = decky;
        this.service = service;
        this.settings = settings;
        Tags = decky.NmapOs switch
        {
            "linux" => [decky.Distro, "linux"],
            "windows_server" => ["windows_server", "windows"],
            var family => [family],
        };
    }

    /// <summary>What it is, the most exact first. What a Windows persona really runs on is none of them.</summary>
    internal IReadOnlyList<string> Tags { get; }

    internal string Slug => service.Slug;

    internal string Hostname => Setting("hostname") ?? decky.Hostname;

    /// <summary>A setting as text, when the operator set it to something.</summary>
    /// <exception cref="DecnetException">It holds a NUL character, which no command can hold.</exception>
    internal string? Setting(string key)
    {
        var text = EffectiveSetting.Of(service, settings, key)?.ToString();
        return text?.Contains('\0', StringComparison.Ordinal) == true
            ? throw new DecnetException(
                $"The decky '{decky.Name}' cannot be composed: the setting '{key}' of '{service.Slug}' holds a NUL character. (remove it)")
            : string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The text of the catalog that is for this persona; null when there is none.</summary>
    internal string? Pick(StandInValue value)
    {
        if (value.Pick is { } key && Setting(key) is { } choice && value.By.TryGetValue(choice, out var text))
        {
            return text;
        }

        foreach (var tag in Tags)
        {
            if (value.By.TryGetValue(tag, out text))
            {
                return text;
            }
        }

        return value.By.GetValueOrDefault("*");
    }

    /// <summary>Hexadecimal digits that differ from decky to decky, and stay the same for one.</summary>
    internal byte[] Token(int count, int use) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Seed(use))[..count]);

    /// <summary>Bytes between 33 and 126 that differ from decky to decky, and stay the same for one.</summary>
    internal byte[] Chance(int count, int use) => [.. Seed(use).Take(count).Select(value => (byte)(33 + (value % 94)))];

    byte[] Seed(int use) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{decky.IPAddress}/{decky.MacAddress}/{decky.Hostname}/{service.Slug}/{use}"));
}
