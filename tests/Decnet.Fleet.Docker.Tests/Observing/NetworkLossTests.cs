namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Observing;

public sealed class NetworkLossTests
{
    static readonly string BaseId = new('b', 64);

    [Theory]
    [InlineData("About a minute", "2 hours", true)]
    [InlineData("Less than a second", "5 seconds", true)]
    [InlineData("4 seconds", "5 seconds", false)]
    [InlineData("5 seconds", "5 seconds", false)]
    [InlineData("6 seconds", "5 seconds", false)]
    [InlineData("2 hours", "About a minute", false)]
    [InlineData("About an hour", "2 hours", false)]
    [InlineData("About an hour", "3 hours", true)]
    [InlineData("sometime", "3 hours", false)]
    [InlineData("3 hours", "sometime", false)]
    public void A_service_is_cut_off_when_it_certainly_ran_before_its_base(string baseAge, string serviceAge, bool lost) =>
        Assert.Equal(lost, Judge(Base(baseAge), Service(serviceAge)).NetworkLost);

    [Fact]
    public void A_listing_that_took_long_is_given_the_benefit()
    {
        Assert.False(Judge(Base("Less than a second"), Service("5 seconds"), TimeSpan.FromSeconds(4)).NetworkLost);
        Assert.True(Judge(Base("Less than a second"), Service("5 seconds"), TimeSpan.FromSeconds(3.9)).NetworkLost);
    }

    [Theory]
    [InlineData(ContainerState.Exited, ContainerState.Running)]
    [InlineData(ContainerState.Running, ContainerState.Exited)]
    [InlineData(ContainerState.Restarting, ContainerState.Running)]
    public void Only_running_containers_are_compared(ContainerState @base, ContainerState service) =>
        Assert.False(Judge(With(Base("1 second"), @base), With(Service("2 hours"), service)).NetworkLost);

    [Fact]
    public void A_service_whose_base_is_not_listed_is_judged_elsewhere()
    {
        var containers = NetworkLoss.Judge([Service("2 hours")], TimeSpan.Zero);
        Assert.Equal((false, BaseId), (Assert.Single(containers).NetworkLost, containers[0].NetworkContainerId));
    }

    [Fact]
    public void A_base_that_was_joined_by_its_name_is_found_by_it()
    {
        var service = Service("2 hours");
        var named = service with { Container = service.Container with { NetworkContainerId = "web-01" } };
        var judged = Judge(Base("1 second"), named);
        Assert.Equal((true, BaseId), (judged.NetworkLost, judged.NetworkContainerId));
        var stray = service with { Container = service.Container with { NetworkContainerId = "web-02" } };
        Assert.Equal("web-02", Judge(Base("1 second"), stray).NetworkContainerId);
    }

    static ObservedContainer Judge(ListedContainer @base, ListedContainer service, TimeSpan skew = default) =>
        NetworkLoss.Judge([service, @base], skew)[0];

    static ListedContainer Base(string age) => new(
        new ObservedContainer { Id = BaseId, Name = "web-01", DeckyName = "web-01", Role = ContainerRole.Base, State = ContainerState.Running },
        StatusText.Parse(Encoding.UTF8.GetBytes($"Up {age}")).Uptime);

    static ListedContainer Service(string age) => new(
        new ObservedContainer
        {
            Id = new string('a', 64),
            Name = "web-01-ssh",
            DeckyName = "web-01",
            Role = ContainerRole.Service,
            ServiceName = "ssh",
            State = ContainerState.Running,
            NetworkContainerId = BaseId,
        },
        StatusText.Parse(Encoding.UTF8.GetBytes($"Up {age}")).Uptime);

    static ListedContainer With(ListedContainer listed, ContainerState state) => listed with { Container = listed.Container with { State = state } };
}
