namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Xunit;

public sealed class HostInterfacesTests
{
    [Fact]
    public async Task Kernel_and_framework_tell_the_same_about_this_host()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has both ways.");
        HostInterface byKernel;
        try
        {
            byKernel = await HostInterfaces.DetectAsync();
        }
        catch (HostNetworkException error)
        {
            Assert.Skip($"This machine has no interface to detect: {error.Message}");
            throw;
        }

        var byFramework = new InterfaceChooser(SystemTables.Read());

        Assert.Equal(byKernel, byFramework.Choose(byKernel.Name) with { IsWireless = byKernel.IsWireless });
        Assert.Equal(byKernel, HostInterfaces.Detect(byKernel.Name));
    }

    [Fact]
    public async Task Unknown_interface_of_this_host_is_named()
    {
        var error = await Assert.ThrowsAsync<HostNetworkException>(() => HostInterfaces.DetectAsync("decnet-none0"));

        Assert.Contains("This host has no interface 'decnet-none0'.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Empty_name_is_not_taken_for_no_name(string name)
    {
        Assert.Throws<ArgumentException>(() => HostInterfaces.Detect(name));
    }
}
