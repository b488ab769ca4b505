namespace Decnet.Engine.Tests.Swarm;

using Xunit;

/// <summary>
/// One master with two hosts for the tests of a collection, started by the first of them. The clock of one host is an hour ahead, that of the
/// other an hour behind.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SharedSwarm : IAsyncDisposable, ICollectionFixture<SharedSwarm>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "shared swarm";

    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    SwarmLab? lab;

    /// <summary>The lab, with all programs running, all lines in order and no decky.</summary>
    internal async Task<SwarmLab> TakeAsync()
    {
        if (lab is not null && !await lab.IsSoundAsync())
        {
            // A test has failed in it; the next one shall not fail because of that.
            await lab.DisposeAsync();
            lab = null;
        }

        return lab ??= await SwarmLab.StartAsync(Hour, -Hour);
    }

    public async ValueTask DisposeAsync()
    {
        if (lab is not null)
        {
            await lab.DisposeAsync();
        }
    }
}
