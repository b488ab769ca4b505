namespace Decnet.Fleet.Tests.Lifecycle;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Tests.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class ParallelReplacementTests
{
    static readonly DeckyComposer Composer = new(FleetCatalog.BuiltIn);

    readonly InMemoryContainerRuntime engine = new(HostId.Local);
    readonly TamperedRuntime runtime;
    readonly Fleet fleet = Sample.Fleet(Sample.Decky("web", "198.18.0.10", "ssh", "http", "ftp", "mysql", "redis", "smtp"));

    public ParallelReplacementTests() => runtime = new TamperedRuntime(engine);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Services_are_made_and_started_at_the_same_time_but_not_more_than_allowed(int parallelism)
    {
        var making = new Crowd(parallelism);
        var starting = new Crowd(parallelism);
        runtime.Before = (verb, target) => (verb, Find(target)?.Role) switch
        {
            (RuntimeVerb.CreateContainer, _) when target != "web" => making.JoinAsync(),
            (RuntimeVerb.StartContainer, ContainerRole.Service) => starting.JoinAsync(),
            _ => Task.CompletedTask,
        };

        await DeployAsync(new ContainerApplierOptions { Parallelism = parallelism });

        Assert.Equal((parallelism, parallelism), (making.Largest, starting.Largest));
        Assert.Equal(7, engine.Containers.Count);
        Assert.All(engine.Containers, container => Assert.True(container.IsReachable, container.Observed.Name));
    }

    [Fact]
    public async Task No_service_is_made_before_its_base_is_there_and_none_started_before_it_runs()
    {
        runtime.Before = (verb, target) =>
        {
            var owner = engine.Containers.FirstOrDefault(container => container.Observed.Name == "web")?.Observed;
            Assert.True(verb != RuntimeVerb.CreateContainer || target == "web" || owner is not null);
            Assert.True(verb != RuntimeVerb.StartContainer || target == owner!.Id || owner.State == ContainerState.Running);
            return Task.CompletedTask;
        };

        await DeployAsync();
    }

    [Fact]
    public async Task Services_that_were_under_way_when_one_failed_are_removed_too()
    {
        var crowd = new Crowd(3);
        runtime.Before = async (verb, target) =>
        {
            if (verb == RuntimeVerb.CreateContainer && target is "web-ssh" or "web-http" or "web-ftp")
            {
                await crowd.JoinAsync();
                if (target == "web-ssh")
                {
                    throw new RuntimeException(RuntimeError.Server, "no space left");
                }

                await Task.Delay(20);
            }
        };

        var error = await Assert.ThrowsAsync<RuntimeException>(() => DeployAsync());

        Assert.Equal("no space left", error.Message);
        Assert.True(engine.Requests[RuntimeVerb.CreateContainer] >= 3);
        Assert.Empty(engine.Containers);
    }

    [Fact]
    public async Task A_decky_with_nothing_to_replace_is_made_without_renaming_or_stopping_anything()
    {
        await DeployAsync();

        var images = engine.Containers.Select(container => container.Spec!.Image ?? container.Observed.ServiceName).Distinct().Count();
        Assert.Equal(
            $"FindNetwork 1, CreateNetwork 1, EnsureImage {images}, CreateContainer 7, StartContainer 7", engine.Requests.ToString());
    }

    [Fact]
    public void A_parallelism_that_would_do_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContainerApplier(runtime, new ContainerApplierOptions { Parallelism = 0 }));

    ObservedContainer? Find(string id) =>
        engine.Containers.FirstOrDefault(container => container.Observed.Id == id)?.Observed;

    async Task DeployAsync(ContainerApplierOptions? options = null)
    {
        await new NetworkProvisioner(runtime).EnsureAsync(DeckyComposer.Network(fleet));
        await new ContainerApplier(runtime, options).ReplaceDeckyAsync(Composer.Compose(fleet, fleet.Deckies[0]), []);
    }

    /// <summary>Those who join wait until so many are there at the same time; after that nobody waits.</summary>
    sealed class Crowd(int expected)
    {
        readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly Lock gate = new();
        int inside;

        public int Largest { get; private set; }

        public async Task JoinAsync()
        {
            lock (gate)
            {
                Largest = Math.Max(Largest, ++inside);
                if (inside == expected)
                {
                    complete.TrySetResult();
                }
            }

            await complete.Task.WaitAsync(TimeSpan.FromMinutes(1));
            await Task.Delay(5);
            lock (gate)
            {
                inside--;
            }
        }
    }
}
