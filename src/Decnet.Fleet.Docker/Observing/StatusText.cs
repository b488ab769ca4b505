namespace Decnet.Fleet.Docker.Observing;

using System.Buffers.Text;
using Decnet.Fleet.Containers;

/// <summary>What the words of a listing's <c>Status</c> tell, such as <c>Up 5 minutes (healthy)</c> or <c>Exited (137) 2 hours ago</c>.</summary>
/// <param name="ExitCode">The exit code; null when there is none.</param>
/// <param name="Health">The health.</param>
/// <param name="Uptime">How long it has run; null when it does not run or the words are unknown.</param>
internal readonly record struct StatusText(int? ExitCode, ContainerHealth Health, AgeRange? Uptime)
{
    internal static StatusText Parse(ReadOnlySpan<byte> words)
    {
        if (words.StartsWith("Up "u8))
        {
            var rest = words["Up ".Length..];
            var remark = rest.IndexOf(" ("u8);
            var lasted = remark < 0 ? rest : rest[..remark];
            return new StatusText(
                null, remark < 0 ? ContainerHealth.None : HealthOf(rest[(remark + 1)..]), AgeRange.TryParse(lasted, out var age) ? age : null);
        }

        return new StatusText(ExitCodeOf(words, "Exited ("u8) ?? ExitCodeOf(words, "Restarting ("u8), ContainerHealth.None, null);
    }

    static ContainerHealth HealthOf(ReadOnlySpan<byte> remark) =>
        remark.StartsWith("(healthy)"u8) ? ContainerHealth.Healthy
        : remark.StartsWith("(unhealthy)"u8) ? ContainerHealth.Unhealthy
        : remark.StartsWith("(health: starting)"u8) ? ContainerHealth.Starting
        : ContainerHealth.None;

    static int? ExitCodeOf(ReadOnlySpan<byte> words, ReadOnlySpan<byte> prefix) =>
        words.StartsWith(prefix)
        && Utf8Parser.TryParse(words[prefix.Length..], out int code, out var length)
        && words[(prefix.Length + length)..].StartsWith(")"u8)
            ? code
            : null;
}
