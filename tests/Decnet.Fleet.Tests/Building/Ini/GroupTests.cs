namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static IniSample;

public sealed class GroupTests
{
    [Fact]
    public void Members_are_numbered_and_keep_the_order_of_the_file()
    {
        var ini = Clean("[b]\namount = 100\nservices = ssh\n[a]\n[c]\namount=2");
        Assert.Equal(103, ini.Deckies.Count);
        Assert.Equal(["b-01", "b-99", "b-100", "a", "c-01", "c-02"], new[] { 0, 98, 99, 100, 101, 102 }.Select(i => ini.Deckies[i].Name.Value));
        Assert.All(ini.Deckies.Take(100), decky => Assert.Equal(("b", 1, "ssh"), (decky.Section, decky.Line, decky.Services![0])));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("101")]
    [InlineData("1_0")]
    [InlineData("2.0")]
    [InlineData("many")]
    [InlineData("")]
    public void A_bad_amount_is_one_error(string amount) =>
        HasError($"[web]\namount = {amount}\n[web-02.ssh]\npassword = x", FleetIniIssueCode.InvalidAmount, 2);

    [Theory]
    [InlineData("ip = 10.0.0.9", FleetIniIssueCode.AddressForGroup)]
    [InlineData("hostname = shop", FleetIniIssueCode.HostnameForGroup)]
    public void A_group_cannot_share_what_is_unique(string line, string code)
    {
        HasError($"[web]\namount = 2\n{line}", code, 3);
        Clean($"[web]\namount = 1\n{line}");
    }

    [Theory]
    [Trait("Weakness", "W-13")]
    [InlineData("[web]\namount = 2\n[web-01]", 3, "line 1")]
    [InlineData("[web-02]\n[web]\namount = 2", 2, "line 1")]
    [InlineData("[web]\namount = 2\n[web-01]\namount = 2", 3, "line 1")]
    public void A_member_and_a_section_with_one_name_are_an_error(string text, int line, string other)
    {
        HasError(text, FleetIniIssueCode.NameCollision, line);
        Assert.Contains(other, Issue(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Weakness", "W-13")]
    public void A_section_beside_the_numbers_of_a_group_is_fine() => Clean("[web]\namount = 2\n[web-03]\n[web-1]\n[web-001]");

    [Theory]
    [InlineData(60, 2, true)]
    [InlineData(61, 2, false)]
    [InlineData(59, 100, true)]
    [InlineData(60, 100, false)]
    [InlineData(63, 1, true)]
    public void Names_of_members_must_fit(int length, int amount, bool fits)
    {
        var text = $"[{new string('a', length)}]\namount = {amount}";
        if (fits)
        {
            Assert.True(DeckyName.IsValid(Clean(text).Deckies.Last().Name.Value));
        }
        else
        {
            HasError(text, FleetIniIssueCode.NameTooLong, 1);
        }
    }
}
