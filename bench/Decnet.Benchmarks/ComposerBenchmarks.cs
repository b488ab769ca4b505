namespace Decnet.Benchmarks;

using BenchmarkDotNet.Attributes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Turning deckies into containers; done once a change of the fleet file, for the deckies that changed.</summary>
public class ComposerBenchmarks
{
    readonly DeckyComposer composer = new(FleetCatalog.BuiltIn);
    Fleet fleet = null!;

    [Params(1_000, 10_000)]
    public int Deckies { get; set; }

    [GlobalSetup]
    public void Setup() => fleet = Fleets.Build(Deckies);

    [Benchmark]
    public int Compose()
    {
        var services = 0;
        foreach (var decky in fleet.Deckies)
        {
            services += composer.Compose(fleet, decky).Services.Count;
        }

        return services;
    }
}
