namespace Decnet.Fleet.Hosting.Tests;

using Xunit;

public sealed class MachineNamesTests
{
    [Fact]
    public void A_machine_has_names_that_certificates_can_have()
    {
        var names = MachineNames.List();

        Assert.Contains("127.0.0.1", names);
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.NotEqual(UriHostNameType.Unknown, Uri.CheckHostName(name)));
    }

    [Fact]
    public void One_of_them_is_the_best() => Assert.Contains(MachineNames.Best(), MachineNames.List());
}
