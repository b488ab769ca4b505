namespace Decnet.Fleet.Tests.Lifecycle;

using System.Net;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Tests.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class ContainerApplierTests
{
    static readonly DeckyComposer Composer = new(FleetCatalog.BuiltIn);

    readonly InMemoryContainerRuntime runtime = new(HostId.Local);
    readonly ContainerApplier applier;
    readonly Fleet fleet = Sample.Fleet(Sample.Decky("web", "198.18.0.10"));

    public ContainerApplierTests() => applier = new ContainerApplier(runtime);

    [Fact]
    public async Task A_new_decky_is_made_base_first()
    {
        await DeployAsync();

        Assert.Equal(["web", "web-ssh", "web-http"], runtime.Containers.Select(container => container.Observed.Name));
        Assert.All(runtime.Containers, container => Assert.Equal(ContainerState.Running, container.Observed.State));
    }

    [Theory]
    [InlineData(RuntimeVerb.CreateContainer)]
    [InlineData(RuntimeVerb.StartContainer)]
    [InlineData(RuntimeVerb.StopContainer)]
    [InlineData(RuntimeVerb.RenameContainer)]
    [InlineData(RuntimeVerb.EnsureImage)]
    public async Task What_was_there_runs_again_when_its_replacement_fails(RuntimeVerb verb)
    {
        await DeployAsync();
        var before = runtime.Containers.Select(container => (container.Observed.Id, container.Observed.Name, container.Observed.State)).ToArray();
        var changed = Composer.Compose(fleet, fleet.Deckies[0] with { Hostname = "other" });
        runtime.FailNext(RuntimeError.Server, verb: verb);

        await Assert.ThrowsAsync<RuntimeException>(async () => await applier.ReplaceDeckyAsync(changed, await ObserveAsync()));

        Assert.Equal(before, runtime.Containers.Select(container => (container.Observed.Id, container.Observed.Name, container.Observed.State)));
    }

    [Theory]
    [InlineData(137, true)]
    [InlineData(1, false)]
    public async Task Services_that_do_not_start_are_worth_another_attempt_when_their_base_was_killed(int exitCode, bool isTransient)
    {
        runtime.LetDie("web", exitCode, "", times: 1);
        var made = await Assert.ThrowsAsync<RuntimeException>(DeployAsync);
        await DeployAsync();
        runtime.Crash("web");
        runtime.LetDie("web", exitCode, "", times: 1);
        var present = await ObserveAsync();

        var restarted = await Assert.ThrowsAsync<RuntimeException>(() => applier.RestartAsync(present[0], [.. present.Skip(1)], [.. present.Skip(1)]));

        Assert.Equal((isTransient, isTransient), (made.IsTransient, restarted.IsTransient));
    }

    [Fact]
    public async Task A_service_refused_in_the_network_of_a_base_that_seems_to_run_is_refused_in_doubt()
    {
        runtime.Fail(new RuntimeFault { Error = RuntimeError.Invalid, Verb = RuntimeVerb.StartContainer, Target = "web-ssh" });

        var refused = await Assert.ThrowsAsync<DoubtfulRefusalException>(DeployAsync);

        Assert.Equal((RuntimeError.Invalid, false, refused.InnerException!.Message), (refused.Error, refused.IsTransient, refused.Message));
    }

    [Fact]
    public async Task What_was_there_gets_its_name_back_when_the_answer_to_a_renaming_is_lost()
    {
        await DeployAsync();
        var before = runtime.Containers.Select(container => (container.Observed.Id, container.Observed.Name)).ToArray();
        runtime.Fail(new RuntimeFault { Error = RuntimeError.Timeout, Verb = RuntimeVerb.RenameContainer, AfterEffect = true });

        await Assert.ThrowsAsync<RuntimeException>(async () =>
            await applier.ReplaceDeckyAsync(Composer.Compose(fleet, fleet.Deckies[0]), await ObserveAsync()));

        Assert.Equal(before, runtime.Containers.Select(container => (container.Observed.Id, container.Observed.Name)));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web-http")]
    public async Task What_a_crash_left_aside_is_not_started_beside_a_new_container_that_cannot_be_removed(string stays)
    {
        await DeployAsync();
        foreach (var left in await ObserveAsync())
        {
            await runtime.RenameContainerAsync(left.Id, $"{left.Name}-old-{left.Id[..12]}");
        }

        runtime.Fail(new RuntimeFault { Error = RuntimeError.Timeout, Verb = RuntimeVerb.StartContainer, Target = "web-http", AfterEffect = true });
        runtime.Fail(new RuntimeFault { Error = RuntimeError.Unreachable, Verb = RuntimeVerb.RemoveContainer, Target = stays });

        var moved = Composer.Compose(fleet, fleet.Deckies[0] with { IPAddress = IPAddress.Parse("198.18.0.11") });

        await Assert.ThrowsAsync<RuntimeException>(async () => await applier.ReplaceDeckyAsync(moved, await ObserveAsync()));

        var running = (await ObserveAsync()).Where(container => container.State == ContainerState.Running).ToArray();
        Assert.Contains(running, container => container.Name == stays);
        Assert.All(running.GroupBy(container => (container.Role, container.ServiceName)), place => Assert.Single(place));
    }

    [Fact]
    public async Task The_new_container_exists_before_the_old_one_is_stopped()
    {
        await DeployAsync();
        var changed = Composer.Compose(fleet, fleet.Deckies[0] with { Hostname = "other" });
        runtime.FailNext(RuntimeError.Server, times: 1, verb: RuntimeVerb.StopContainer);

        await Assert.ThrowsAsync<RuntimeException>(async () => await applier.ReplaceDeckyAsync(changed, await ObserveAsync()));

        Assert.Equal(3 + 3, runtime.Requests[RuntimeVerb.CreateContainer]);
    }

    [Fact]
    public async Task Replacing_one_service_leaves_the_other_containers_alone()
    {
        await DeployAsync();
        var before = runtime.Containers.ToDictionary(container => container.Observed.Name, container => container.Observed.Id);
        var present = await ObserveAsync();
        var service = Composer.Compose(fleet, fleet.Deckies[0]).Services.Single(service => service.ServiceName == "http");

        await applier.ReplaceServiceAsync(service, before["web"], [.. present.Where(container => container.ServiceName == "http")]);

        var after = runtime.Containers.ToDictionary(container => container.Observed.Name, container => container.Observed.Id);
        Assert.Equal(before["web"], after["web"]);
        Assert.Equal(before["web-ssh"], after["web-ssh"]);
        Assert.NotEqual(before["web-http"], after["web-http"]);
    }

    [Fact]
    public async Task A_strangers_container_with_our_name_is_never_touched()
    {
        runtime.AddForeign(new ObservedContainer
        {
            Id = "stranger", Name = "web", DeckyName = "somebody", Role = ContainerRole.Base, State = ContainerState.Running, HostId = "other-host",
        });

        var error = await Assert.ThrowsAsync<RuntimeException>(DeployAsync);

        Assert.Equal(RuntimeError.Conflict, error.Error);
        Assert.Equal("stranger", Assert.Single(runtime.Containers).Observed.Id);
    }

    [Fact]
    public async Task A_base_that_another_process_replaced_is_not_resumed_beside_its_successor()
    {
        await DeployAsync();
        var before = await ObserveAsync();
        await applier.ReleaseAddressAsync(before);
        await runtime.RenameContainerAsync(before[0].Id, "web-old-1");
        var changed = Composer.Compose(fleet, fleet.Deckies[0] with { IPAddress = IPAddress.Parse("198.18.0.99") });
        await runtime.StartContainerAsync(await runtime.CreateContainerAsync(changed.Base, "web", null));

        var error = await Assert.ThrowsAsync<RuntimeException>(() => applier.ResumeAsync(before));

        Assert.Equal(RuntimeError.Conflict, error.Error);
        Assert.Equal(["web"], RunningBases());
    }

    [Fact]
    public async Task A_base_whose_name_another_process_took_is_not_put_back_beside_its_successor()
    {
        await DeployAsync();
        var changed = Composer.Compose(fleet, fleet.Deckies[0] with { IPAddress = IPAddress.Parse("198.18.0.99") });
        var tampered = new TamperedRuntime(runtime) { FailStart = _ => new RuntimeException(RuntimeError.Conflict, "the address is taken") };
        tampered.AfterRemoving = async name =>
        {
            if (name == "web")
            {
                var id = await runtime.CreateContainerAsync(changed.Base, "web", null);
                await runtime.StartContainerAsync(id);
                tampered.FailStart = _ => null;
            }
        };

        await Assert.ThrowsAsync<RuntimeException>(async () =>
            await new ContainerApplier(tampered).ReplaceDeckyAsync(changed, await ObserveAsync()));

        Assert.Equal(["web"], RunningBases());
    }

    IEnumerable<string> RunningBases() => runtime.Containers
        .Where(container => container.Observed is { Role: ContainerRole.Base, State: ContainerState.Running })
        .Select(container => container.Observed.Name);

    async Task DeployAsync()
    {
        await new NetworkProvisioner(runtime).EnsureAsync(DeckyComposer.Network(fleet));
        await applier.ReplaceDeckyAsync(Composer.Compose(fleet, fleet.Deckies[0]), []);
    }

    async Task<IReadOnlyList<ObservedContainer>> ObserveAsync() => ((ObservedState.Known)await runtime.ObserveAsync()).Containers;
}
