namespace Decnet.EngineTimings;

using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;

/// <summary>How observing grows with the number of containers, far beyond what an engine on this machine could run.</summary>
internal sealed class ScaleSection(Report report)
{
    const string Name = "scale";
    const int WarmUps = 40;
    const int Times = 25;

    /// <summary>How much more a container may cost in the larger listing than in the smaller one.</summary>
    const double Linear = 1.2;

    internal async Task RunAsync()
    {
        var small = await MeasureAsync(1_000);
        var large = await MeasureAsync(10_000);
        report.AtMost(Name, "allocated per container, 30,000 ÷ 3,000", large / small, Linear, " ×");
    }

    /// <returns>The bytes that one listing allocates for each container.</returns>
    async Task<double> MeasureAsync(int deckies)
    {
        var body = PaperListing.Of(LabFleets.OnPaper(deckies));
        var containers = deckies * LabFleets.ContainersEach;
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/containers/json", FakeReply.Json(body));
        using var runtime = LabRuntime.Connect(daemon.Endpoint);
        using var bare = new BareEngine(daemon.SocketPath);
        var path = (await runtime.Tally.DuringAsync(ObserveAsync)).Single(request => request.Kind == "GET /containers/json").PathAndQuery;

        Sample discard = new(), parse = new(), observe = new();
        long allocatedByDiscard = 0, allocated = 0;
        for (var i = -WarmUps; i < Times; i++)
        {
            Sample[] into = i < 0 ? [new(), new(), new()] : [discard, parse, observe];
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await into[0].TimeAsync(() => bare.DiscardAsync(path));
            var between = GC.GetTotalAllocatedBytes(precise: true);
            await into[1].TimeAsync(() => Task.FromResult(CountTokens(body)));
            var after = GC.GetTotalAllocatedBytes(precise: true);
            await into[2].TimeAsync(ObserveAsync);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - after;
            allocatedByDiscard = between - before;
        }

        var of = $"{containers:N0} containers, {body.Length / 1e6:0.0} MB";
        var each = (double)(allocated - allocatedByDiscard) / containers;
        report.AtMost(
            Name,
            $"observing ÷ (reading and discarding + walking over all tokens), {of} ({observe} ÷ ({discard} + {parse}))",
            observe.Median / (discard.Median + parse.Median),
            2,
            " ×");
        report.Add(Name, $"allocated by one listing, {of}", $"{each:0} B a container, {allocated / 1e6:0.0} MB");
        return each;

        async Task ObserveAsync()
        {
            if (await runtime.Runtime.ObserveAsync() is not ObservedState.Known known || known.Containers.Count != containers)
            {
                throw new InvalidOperationException("The listing was not read.");
            }
        }
    }

    static long CountTokens(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        long count = 0;
        while (reader.Read())
        {
            count++;
        }

        return count;
    }
}
