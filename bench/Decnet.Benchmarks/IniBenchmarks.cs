namespace Decnet.Benchmarks;

using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;

/// <summary>Reading a fleet description of 5,000 sections, and building the fleet.</summary>
public class IniBenchmarks
{
    string text = null!;

    [GlobalSetup]
    public void Setup()
    {
        var ini = new StringBuilder("[general]\nnet = 198.18.0.0/16\ngw = 198.18.0.1\n");
        for (var i = 0; i < 5_000; i++)
        {
            ini.Append(CultureInfo.InvariantCulture, $"\n[decky-{i:0000}]\nservices = ssh, http\nnmap_os = linux\n");
        }

        text = ini.ToString();
        ParseAndBuild();
    }

    [Benchmark]
    public FleetIni Parse() => FleetIniParser.Parse(text);

    [Benchmark]
    public Fleet ParseAndBuild() => new FleetBuilder().Build(FleetIniParser.Parse(text), new FleetIniOptions { Seed = 1 });
}
