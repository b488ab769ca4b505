namespace Decnet.Fleet.Tests.InMemory;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.InMemory.RuntimeSpecs;

public sealed class InMemoryContainerRuntimeTests
{
    [Fact]
    public async Task An_observation_shows_containers_in_the_order_of_their_creation()
    {
        var (runtime, baseId, serviceId) = await RunningDeckyAsync();

        Assert.Equal(
            [
                new ObservedContainer
                {
                    Id = baseId,
                    Name = "web-01",
                    DeckyName = "web-01",
                    Role = ContainerRole.Base,
                    HostId = "local",
                    ConfigHash = new string('1', 64),
                    State = ContainerState.Running,
                },
                new ObservedContainer
                {
                    Id = serviceId,
                    Name = "web-01-ssh",
                    DeckyName = "web-01",
                    Role = ContainerRole.Service,
                    ServiceName = "ssh",
                    HostId = "local",
                    ConfigHash = new string('2', 64),
                    State = ContainerState.Running,
                    NetworkContainerId = baseId,
                },
            ],
            await ObservedAsync(runtime));
    }

    [Fact]
    public async Task Ids_have_64_hexadecimal_digits_and_repeat_from_run_to_run()
    {
        var (_, baseId, serviceId) = await RunningDeckyAsync();
        var (_, again, _) = await RunningDeckyAsync();

        Assert.Matches("^[0-9a-f]{64}$", baseId);
        Assert.NotEqual(baseId, serviceId);
        Assert.Equal(baseId, again);
    }

    [Fact]
    public async Task A_name_belongs_to_one_container()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();

        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.CreateContainerAsync(Base("web-01"), "web-01", null)));
        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.RenameContainerAsync(baseId, "web-01-ssh")));
        await runtime.RenameContainerAsync(baseId, "web-01-old");
        await runtime.CreateContainerAsync(Base("web-01"), "web-01", null);
        Assert.Equal(["web-01-old", "web-01-ssh", "web-01"], (await ObservedAsync(runtime)).Select(container => container.Name));
    }

    [Fact]
    public async Task A_container_that_names_no_decky_is_refused()
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local);

        Assert.Equal(
            RuntimeError.Invalid,
            await ErrorOf(runtime.CreateContainerAsync(Base("web-01") with { Labels = ValueMap<string>.Empty }, "web-01", null)));
    }

    [Fact]
    public async Task An_address_belongs_to_one_running_container_of_a_network()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        var other = await runtime.CreateContainerAsync(Base("web-02"), "web-02", null);

        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.StartContainerAsync(other)));
        await runtime.StopContainerAsync(baseId, TimeSpan.FromSeconds(1));
        await runtime.StartContainerAsync(other);
        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.StartContainerAsync(baseId)));
        await runtime.RemoveContainerAsync(other);
        await runtime.StartContainerAsync(baseId);
    }

    [Fact]
    public async Task A_base_needs_its_network()
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local);
        var id = await runtime.CreateContainerAsync(Base("web-01"), "web-01", null);

        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.StartContainerAsync(id)));
    }

    [Fact]
    public async Task Repeating_what_is_done_succeeds_and_changes_nothing()
    {
        var (runtime, baseId, serviceId) = await RunningDeckyAsync();

        await runtime.StartContainerAsync(baseId);
        Assert.Equal(1, runtime.Containers[0].Starts);
        await runtime.RenameContainerAsync(baseId, "web-01");
        await runtime.StopContainerAsync(serviceId, TimeSpan.FromSeconds(1));
        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        Assert.Equal(143, (await ObservedAsync(runtime))[1].ExitCode);
        await runtime.RemoveContainerAsync(serviceId);
        await runtime.RemoveContainerAsync(serviceId);
        Assert.Single(await ObservedAsync(runtime));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_started_stopped_or_renamed()
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local);

        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.StartContainerAsync("gone")));
        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.StopContainerAsync("gone", TimeSpan.Zero)));
        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.RenameContainerAsync("gone", "x")));
        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.CreateContainerAsync(Service("web-01"), "web-01-ssh", "gone")));
    }

    [Fact]
    public async Task A_service_starts_only_while_its_base_runs()
    {
        var (runtime, baseId, serviceId) = await RunningDeckyAsync();
        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        await runtime.StopContainerAsync(baseId, TimeSpan.Zero);

        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.StartContainerAsync(serviceId)));
        await runtime.RemoveContainerAsync(baseId);
        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.StartContainerAsync(serviceId)));
        Assert.Equal(baseId, Assert.Single(await ObservedAsync(runtime)).NetworkContainerId);
    }

    [Fact]
    public async Task Services_outlive_their_base_without_a_network_until_they_are_started_anew()
    {
        var (runtime, baseId, serviceId) = await RunningDeckyAsync();
        Assert.All(runtime.Containers, container => Assert.True(container.IsReachable));

        runtime.CrashBase(DeckyName.Parse("web-01"));
        Assert.Equal([ContainerState.Exited, ContainerState.Running], (await ObservedAsync(runtime)).Select(container => container.State));
        Assert.All(runtime.Containers, container => Assert.False(container.IsReachable));

        await runtime.StartContainerAsync(baseId);
        Assert.Equal([true, false], runtime.Containers.Select(container => container.IsReachable));

        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        await runtime.StartContainerAsync(serviceId);
        Assert.All(runtime.Containers, container => Assert.True(container.IsReachable));
    }

    [Fact]
    public async Task A_base_that_is_restarted_alone_leaves_its_services_in_a_lost_network()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        Assert.All(await ObservedAsync(runtime), container => Assert.False(container.NetworkLost));

        runtime.RestartBehindOurBack("web-01");
        Assert.All(await ObservedAsync(runtime), container => Assert.Equal(ContainerState.Running, container.State));
        Assert.Equal([false, true], (await ObservedAsync(runtime)).Select(container => container.NetworkLost));
        Assert.Equal([true, false], runtime.Containers.Select(container => container.IsReachable));

        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        Assert.All(await ObservedAsync(runtime), container => Assert.False(container.NetworkLost));
        await runtime.StartContainerAsync(serviceId);
        Assert.All(await ObservedAsync(runtime), container => Assert.False(container.NetworkLost));
        Assert.All(runtime.Containers, container => Assert.True(container.IsReachable));
    }

    [Fact]
    public async Task A_stopped_container_is_not_restarted_behind_our_back()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        await runtime.StopContainerAsync(baseId, TimeSpan.Zero);

        runtime.RestartBehindOurBack("web-01");

        Assert.Equal(ContainerState.Exited, (await ObservedAsync(runtime))[0].State);
    }

    [Fact]
    public async Task A_foreign_service_lives_in_the_network_that_its_base_had_when_it_came()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        runtime.AddForeign(new ObservedContainer
        {
            Id = "foreign", Name = "foreign", DeckyName = "web-01", Role = ContainerRole.Service, State = ContainerState.Running, NetworkContainerId = baseId,
        });
        Assert.True(runtime.Containers[^1].IsReachable);

        runtime.RestartBehindOurBack("web-01");

        Assert.True((await ObservedAsync(runtime))[^1].NetworkLost);
    }

    [Fact]
    public async Task A_network_is_found_by_its_exact_name_and_shows_who_is_attached()
    {
        var (runtime, _, _) = await RunningDeckyAsync();
        await runtime.CreateContainerAsync(Base("web-02"), "web-02", null);

        var network = await runtime.FindNetworkAsync(NetworkName);

        Assert.NotNull(network);
        Assert.Equal(Network(), network.Spec);
        Assert.Equal(["web-01"], network.Attached);
        Assert.Null(await runtime.FindNetworkAsync("decnet"));
    }

    [Fact]
    public async Task Networks_have_unique_names_and_disjoint_subnets()
    {
        var (runtime, _, _) = await RunningDeckyAsync();

        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.CreateNetworkAsync(Network(subnet: "10.0.0.0/24"))));
        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.CreateNetworkAsync(Network("other", "192.168.0.0/16"))));
        await runtime.CreateNetworkAsync(Network("other", "10.0.0.0/24"));
    }

    [Fact]
    public async Task A_network_in_use_stays()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        var id = (await runtime.FindNetworkAsync(NetworkName))!.Id;

        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.RemoveNetworkAsync(id)));
        await runtime.RemoveContainerAsync(baseId);
        await runtime.RemoveNetworkAsync(id);
        await runtime.RemoveNetworkAsync(id);
        Assert.Null(await runtime.FindNetworkAsync(NetworkName));
    }

    [Fact]
    public async Task A_removed_image_is_pulled_with_progress_and_a_missing_one_cannot_be()
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local);
        var progress = new Collected();
        runtime.RemoveImage("decnet/ssh");

        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.CreateContainerAsync(Service("web-01"), "web-01-ssh", null)));
        await runtime.EnsureImageAsync(Service("web-01"), progress);
        await runtime.EnsureImageAsync(Service("web-01"), progress);
        Assert.Equal(["decnet/ssh: pulling", "decnet/ssh: complete"], progress.Texts);
        await runtime.CreateContainerAsync(Service("web-01"), "web-01-ssh", null);

        runtime.MissingImages("decnet/http");
        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.EnsureImageAsync(Service("web-01", "http"))));
        runtime.MissingImages();
        await runtime.EnsureImageAsync(Service("web-01", "http"));
    }

    [Fact]
    public async Task Many_tasks_at_once_leave_it_consistent()
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local);
        await runtime.CreateNetworkAsync(Network());

        await Task.WhenAll(Enumerable.Range(1, 60).Select(i => Task.Run(async () =>
        {
            var id = await runtime.CreateContainerAsync(Base($"d{i}", $"192.168.1.{i + 1}"), $"d{i}", null);
            await runtime.StartContainerAsync(id);
            if (i % 2 == 0)
            {
                await runtime.RemoveContainerAsync(id);
            }
        })));

        var left = await ObservedAsync(runtime);
        Assert.Equal(30, left.Count);
        Assert.All(left, container => Assert.Equal(ContainerState.Running, container.State));
        Assert.Equal(30, (await runtime.FindNetworkAsync(NetworkName))!.Attached.Count);
    }

    internal static async Task<RuntimeError> ErrorOf(Task task) => (await Assert.ThrowsAsync<RuntimeException>(() => task)).Error;

    sealed class Collected : IProgress<string>
    {
        internal List<string> Texts { get; } = [];

        public void Report(string value) => Texts.Add(value);
    }
}
