namespace Decnet.Benchmarks;

using BenchmarkDotNet.Attributes;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;

/// <summary>Building fleets up to the size of a /16.</summary>
public class BuilderBenchmarks
{
    [Params(8_192, 65_534)]
    public int Deckies { get; set; }

    [Benchmark]
    public Fleet ExplicitServices() => new FleetBuilder().Build(Fleets.Request(Deckies));

    [Benchmark]
    public Fleet RandomServices() => new FleetBuilder().Build(Fleets.Request(Deckies) with { Services = null, RandomizeServices = true });
}
