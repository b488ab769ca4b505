namespace Decnet.Fleet.Docker.Tests.Transport;

using System.Globalization;
using System.Text.RegularExpressions;
using Decnet.Fleet.Docker.Tests.Api;
using Decnet.Fleet.Docker.Transport;

/// <summary>Changes the time zone of the process.</summary>
[Collection(nameof(AloneCollection))]
public sealed partial class TlsDateTests : IDisposable
{
    readonly string? _before = Environment.GetEnvironmentVariable("TZ");

    public TlsDateTests() => Set("Asia/Tokyo");

    [Fact]
    public async Task Dates_of_a_certificate_are_told_in_universal_time()
    {
        await using TlsEngine engine = new(until: TimeSpan.FromDays(-1));

        ConnectFailure failure = await Requests.FailAsync(engine.Endpoint());

        DateTimeOffset told = DateTimeOffset.Parse(End().Match(failure.Message).Groups["end"].Value, CultureInfo.InvariantCulture);
        Assert.InRange(DateTimeOffset.UtcNow - told, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    public void Dispose() => Set(_before);

    static void Set(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    [GeneratedRegex(@" to (?<end>\S+ \S+Z) only")]
    private static partial Regex End();
}
