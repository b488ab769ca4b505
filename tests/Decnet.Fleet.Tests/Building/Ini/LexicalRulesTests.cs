namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Xunit;
using static IniSample;

public sealed class LexicalRulesTests
{
    [Theory]
    [InlineData("password = plain", "plain")]
    [InlineData("password=plain", "plain")]
    [InlineData("password : plain", "plain")]
    [InlineData("PassWord =\t Plain \t", "Plain")]
    [InlineData("password = a=b:c", "a=b:c")]
    [InlineData("password = a#b;c", "a#b;c")]
    [InlineData("password =#b", "#b")]
    [InlineData("password = \"quoted\"", "quoted")]
    [InlineData("password = \"  edges # and ; marks  \"  # comment", "  edges # and ; marks  ")]
    [InlineData("password = \"a \\\" b \\\\ c \\d\"", "a \" b \\ c \\d")]
    [InlineData("password = \"open", "\"open")]
    [InlineData("password = \"one\" and more", "\"one\" and more")]
    [InlineData("password = \"one\" \"two\"", "\"one\" \"two\"")]
    [InlineData("password = say \"a # b\" twice", "say \"a # b\" twice")]
    [InlineData("password = 5\" disk # comment \"x\"", "5\" disk")]
    [InlineData("password = C:\\dir\\\\x", "C:\\dir\\\\x")]
    [InlineData("password = \"", "\"")]
    [InlineData("password = grüße 🙂", "grüße 🙂")]
    public void A_value_is_read_as_written(string line, string value) =>
        Assert.Equal(value, Setting("[web.ssh]\n" + line));

    [Theory]
    [Trait("Weakness", "W-17")]
    [InlineData("10.0.0.9 # the first one")]
    [InlineData("10.0.0.9 ; the first one")]
    [InlineData("10.0.0.9\t#")]
    [InlineData("10.0.0.9 #1 #2 ; 3")]
    public void A_comment_after_white_space_is_not_part_of_the_value(string value) =>
        Assert.Equal("10.0.0.9", Assert.Single(Clean($"[web]\nip = {value}").Deckies).IPAddress?.ToString());

    [Theory]
    [Trait("Weakness", "W-19")]
    [InlineData("50%off")]
    [InlineData("%(other)s")]
    [InlineData("%%")]
    [InlineData("$HOME ${x}")]
    public void Nothing_is_interpolated(string password) => Assert.Equal(password, Setting($"[web.ssh]\nother = x\npassword = {password}"));

    [Theory]
    [Trait("Weakness", "W-20")]
    [InlineData("\ufeff[web]")]
    [InlineData("\ufeff\r\n[web]\r\n")]
    [InlineData("\ufeff# comment\n[web]")]
    public void A_byte_order_mark_is_dropped(string text) => Assert.Equal("web", Assert.Single(Clean(text).Deckies).Name.Value);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_end_with_lf_crlf_or_cr(string end)
    {
        var decky = Assert.Single(Clean(string.Join(end, "; head", "", "[web] # it", "ip = 10.0.0.9", "  # note", "services = ssh")).Deckies);
        Assert.Equal((3, 4, 6), (decky.Line, decky.Lines["ip"], decky.Lines["services"]));
    }

    [Fact]
    [Trait("Weakness", "W-18")]
    public void Default_keys_reach_no_other_section()
    {
        const string Text = "[DEFAULT]\npassword = leaked\nservices = ftp\nip = 10.0.0.1\n[web]\n[web.ssh]\nhostname = x";
        HasWarning(Text, FleetIniIssueCode.DefaultIgnored, 1);
        var decky = Assert.Single(FleetIniParser.Parse(Text).Deckies);
        Assert.Null(decky.Services);
        Assert.Null(decky.IPAddress);
        Assert.Equal(["hostname"], decky.Settings["ssh"].Keys);
    }

    [Theory]
    [InlineData("[web.http]\ncustom_body = a\n  b\n\n  # note\n   c \n\n", "a\nb\n\nc")]
    [InlineData("[web.http]\ncustom_body =\n  a\n  b", "a\nb")]
    [InlineData("[web.http]\n  custom_body = a\n    [b]\n    c = d\n", "a\n[b]\nc = d")]
    [InlineData("[web.http]\ncustom_body = a\n \"  b # c \" # note\n", "a\n  b # c ")]
    public void Deeper_lines_continue_a_text_area(string section, string body)
    {
        var decky = Assert.Single(Clean("[web]\n" + section).Deckies);
        Assert.Equal(new FleetIniValue(body, 3), decky.Settings["http"]["custom_body"]);
    }

    [Theory]
    [InlineData("[web]\nip = 10.0.0.1\n  10.0.0.2", FleetIniIssueCode.ContinuedValue, 2)]
    [InlineData("[web]\nip = 10.0.0.1\n  services = ssh", FleetIniIssueCode.ContinuedValue, 2)]
    [InlineData("[web]\n[web.ssh]\npassword = a\n  [db]", FleetIniIssueCode.ContinuedValue, 3)]
    [InlineData("[web]\njust words", FleetIniIssueCode.MissingDelimiter, 2)]
    [InlineData("[web]\nkey # x = y", FleetIniIssueCode.MissingDelimiter, 2)]
    [InlineData("[web]\n= value", FleetIniIssueCode.MissingKey, 2)]
    [InlineData("ip = 1\nnet = 2\n[web]", FleetIniIssueCode.TextBeforeSection, 1)]
    [InlineData("[web\nip = 10.0.0.1", FleetIniIssueCode.SectionNotClosed, 1)]
    [InlineData("[web # the web\nip = 10.0.0.1", FleetIniIssueCode.SectionNotClosed, 1)]
    [InlineData("[web] ip = 10.0.0.1", FleetIniIssueCode.TextAfterSection, 1)]
    [InlineData("[db]\n[ ]\nanything = 1", FleetIniIssueCode.SectionWithoutName, 2)]
    [InlineData("[web]\nservices = ssh\0", FleetIniIssueCode.InvalidCharacter, 2)]
    [InlineData("[web]\n[web.ssh]\npassword = a\u001bb", FleetIniIssueCode.InvalidCharacter, 3)]
    [InlineData("[web]\n[web.ssh]\npassword = a\u0085b", FleetIniIssueCode.InvalidCharacter, 3)]
    public void A_malformed_line_is_an_error(string text, string code, int line) => HasError(text, code, line);

    [Fact]
    public void Half_of_a_surrogate_pair_is_an_error() =>
        HasError("[web]\n[web.ssh]\npassword = a" + '\ud83d' + "b", FleetIniIssueCode.InvalidCharacter, 3);

    [Theory]
    [Trait("Weakness", "W-13")]
    [InlineData("[web]\nip = 10.0.0.1\n\n[web]\nservices = ssh", FleetIniIssueCode.DuplicateSection, 4, "line 1")]
    [InlineData("[web]\n[ web ]", FleetIniIssueCode.DuplicateSection, 2, "line 1")]
    [InlineData("[web]\n[web.ssh]\npassword=a\n[web.ssh]\npassword=b", FleetIniIssueCode.DuplicateSection, 4, "line 2")]
    [InlineData("[web]\nip = 10.0.0.1\n# x\nIP = 10.0.0.2", FleetIniIssueCode.DuplicateKey, 4, "line 2")]
    public void Duplicates_are_errors_that_name_both_lines(string text, string code, int line, string other)
    {
        HasError(text, code, line);
        Assert.Contains(other, Issue(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_reads_as_a_comment_is_pointed_out()
    {
        HasWarning("[web]\n[web.ssh]\npassword = #secret", FleetIniIssueCode.CommentValue, 3);
        Assert.Equal("#secret", Setting("[web.ssh]\npassword = \"#secret\""));
    }

    static string Setting(string section) => Assert.Single(Clean("[web]\n" + section).Deckies).Settings["ssh"]["password"].Text;
}
