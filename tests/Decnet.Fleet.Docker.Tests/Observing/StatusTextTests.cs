namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Observing;

public sealed class StatusTextTests
{
    [Theory]
    [InlineData("Exited (137) 5 minutes ago", 137)]
    [InlineData("Exited (0) Less than a second ago", 0)]
    [InlineData("Exited (-1) 3 days ago", -1)]
    [InlineData("Restarting (1) 5 seconds ago", 1)]
    [InlineData("Created", null)]
    [InlineData("Dead", null)]
    [InlineData("Removal In Progress", null)]
    [InlineData("Exited (", null)]
    [InlineData("Exited (x) 5 minutes ago", null)]
    [InlineData("Exited (99999999999) 5 minutes ago", null)]
    [InlineData("", null)]
    public void Exit_code_is_in_brackets(string words, int? code) => Assert.Equal(code, Parse(words).ExitCode);

    [Theory]
    [InlineData("Up 5 minutes (healthy)", ContainerHealth.Healthy)]
    [InlineData("Up About an hour (unhealthy)", ContainerHealth.Unhealthy)]
    [InlineData("Up 3 seconds (health: starting)", ContainerHealth.Starting)]
    [InlineData("Up 5 minutes", ContainerHealth.None)]
    [InlineData("Up 5 minutes (Paused)", ContainerHealth.None)]
    public void Health_follows_the_time(string words, ContainerHealth health)
    {
        var status = Parse(words);
        Assert.Equal(health, status.Health);
        Assert.NotNull(status.Uptime);
    }

    [Theory]
    [InlineData("Exited (137) 5 minutes ago")]
    [InlineData("Up since Tuesday")]
    public void What_does_not_run_or_is_not_understood_has_no_uptime(string words) => Assert.Null(Parse(words).Uptime);

    static StatusText Parse(string words) => StatusText.Parse(Encoding.UTF8.GetBytes(words));
}
