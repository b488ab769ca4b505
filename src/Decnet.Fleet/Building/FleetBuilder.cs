namespace Decnet.Fleet.Building;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Builds fleets in memory; linear in the number of deckies. It can be used by several threads at once.
/// </summary>
/// <param name="clock">What time it is. Null: that of the system.</param>
/// <param name="random">What decides where an input has no seed. Null: a source with a seed of the operating system's random generator.</param>
/// <param name="catalog">What there is to choose from, before what an input adds. Null: <see cref="FleetCatalog.BuiltIn"/>.</param>
public sealed class FleetBuilder(TimeProvider? clock = null, Random? random = null, FleetCatalog? catalog = null) : IFleetBuilder
{
    readonly TimeProvider clock = clock ?? TimeProvider.System;
    readonly Random random = random ?? RandomSource.New();
    readonly FleetCatalog catalog = catalog ?? FleetCatalog.BuiltIn;
    readonly Lock gate = new();

    /// <inheritdoc/>
    public Fleet Build(FleetRequest request) => TryBuild(request).GetFleet();

    /// <inheritdoc/>
    public Fleet Build(FleetIni ini, FleetIniOptions? options = null) => TryBuild(ini, options).GetFleet();

    /// <inheritdoc/>
    public FleetBuildResult TryBuild(FleetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Assemble(new RequestPlanner(request).Plan(), request.Seed);
    }

    /// <inheritdoc/>
    public FleetBuildResult TryBuild(FleetIni ini, FleetIniOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ini);
        options ??= new FleetIniOptions();
        return Assemble(new IniPlanner(ini, options).Plan(), options.Seed);
    }

    FleetBuildResult Assemble(BuildPlan plan, int? seed) => new FleetAssembler(plan, catalog, seed ?? NextSeed(), clock.GetUtcNow()).Assemble();

    int NextSeed()
    {
        lock (gate)
        {
            return random.Next();
        }
    }
}
