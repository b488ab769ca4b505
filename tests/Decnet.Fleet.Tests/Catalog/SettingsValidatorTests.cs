namespace Decnet.Fleet.Tests.Catalog;

using System.Text;
using System.Text.Json;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;

public sealed class SettingsValidatorTests
{
    readonly List<FleetIssue> issues = [];

    ValueMap<SettingValue> Validate(string service, params (string Key, object? Value)[] values) =>
        SettingsValidator.Validate(
            FleetCatalog.BuiltIn.FindService(service)!,
            values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)),
            "web-01/" + service,
            issues,
            key => key.Length);

    [Theory]
    [InlineData("false", false)]
    [InlineData("No", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("1", true)]
    [Trait("Weakness", "W-27")]
    public void A_boolean_in_words_means_what_it_says(string text, bool expected)
    {
        Assert.Equal(expected, Validate("rdp", ("nla", text))["nla"].Boolean);
        Assert.Empty(issues);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("2")]
    [InlineData("truthy")]
    public void Other_words_are_no_boolean(string text)
    {
        Assert.Empty(Validate("rdp", ("nla", text)));
        Assert.Equal("bad-setting", Assert.Single(issues).Code);
    }

    [Fact]
    public void Every_fault_is_reported_at_once_with_place_and_fix()
    {
        var settings = Validate(
            "http", ("fake_ap", "wordpress"), ("fake_app", "tomcat"), ("response_code", "1_000"), ("custom_body", "b64:###"), ("server_header", "nginx"));

        Assert.Equal(["unknown-setting", "bad-setting", "bad-setting", "bad-setting"], issues.Select(issue => issue.Code));
        Assert.Equal("web-01/http/fake_app", issues[1].Target);
        Assert.Equal("fake_app".Length, issues[1].Line);
        Assert.Contains("did you mean 'fake_app'?", issues[0].Fix, StringComparison.Ordinal);
        Assert.Contains("none, apache_default, nginx_default, wordpress, phpmyadmin, iis_default", issues[1].Fix, StringComparison.Ordinal);
        Assert.Equal(["server_header"], settings.Keys);
    }

    [Theory]
    [InlineData("http", "files")]
    [InlineData("imap", "email_seed")]
    [InlineData("pop3", "email_seed")]
    [Trait("Weakness", "W-31")]
    public void Keys_that_bind_host_paths_are_refused_and_say_why(string service, string key)
    {
        Assert.Empty(Validate(service, (key, "/etc")));
        var issue = Assert.Single(issues);
        Assert.Equal("unknown-setting", issue.Code);
        Assert.Contains("folder of this host", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" 25 ", 25)]
    [InlineData(25, 25)]
    [InlineData(25L, 25)]
    public void Whole_numbers_are_read(object value, long expected) =>
        Assert.Equal(expected, Validate("smtp_relay", ("upstream_port", value))["upstream_port"].Integer);

    [Theory]
    [InlineData("5.0")]
    [InlineData(5.0)]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData(true)]
    [InlineData("65536")]
    [InlineData("0")]
    public void What_is_no_port_number_is_refused(object value)
    {
        Assert.Empty(Validate("smtp_relay", ("upstream_port", value)));
        Assert.Equal("bad-setting", Assert.Single(issues).Code);
    }

    [Fact]
    public void Null_and_empty_text_are_not_set()
    {
        Assert.Empty(Validate("ssh", ("password", null), ("user", "")));
        Assert.Empty(issues);
    }

    [Fact]
    [Trait("Weakness", "W-27")]
    public void Marked_base64_is_decoded_as_strict_utf8()
    {
        var body = "<p>größe $HOME</p>\n";
        Assert.Equal(body, Validate("http", ("custom_body", "b64:" + Convert.ToBase64String(Encoding.UTF8.GetBytes(body))))["custom_body"].ToString());
        Assert.Equal("", Validate("http", ("custom_body", "b64:"))["custom_body"].ToString());
        Assert.Empty(issues);
        Assert.Empty(Validate("http", ("custom_body", "b64:" + Convert.ToBase64String([0xC3, 0x28]))));
        Assert.Single(issues);
    }

    [Theory]
    [InlineData("http/1.1, HTTP/3 ,http/1.1")]
    [InlineData("[\"http/1.1\",\"http/3\"]")]
    public void Several_choices_come_as_commas_or_json(string text)
    {
        Assert.Equal(["http/1.1", "http/3"], Validate("https", ("http_versions", text))["http_versions"].List);
        Assert.Empty(issues);
    }

    [Fact]
    public void Several_choices_come_as_sequences_and_json_elements()
    {
        using var json = JsonDocument.Parse("""["http/2"]""");
        Assert.Equal(["http/2"], Validate("https", ("http_versions", new object[] { "http/2" }))["http_versions"].List);
        Assert.Equal(["http/2"], Validate("https", ("http_versions", json.RootElement))["http_versions"].List);
        Assert.Empty(issues);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1")]
    [InlineData(",")]
    [InlineData("http/4")]
    [InlineData(3)]
    public void A_list_must_hold_choices(object value)
    {
        Assert.Empty(Validate("https", ("http_versions", value)));
        Assert.Equal("bad-setting", Assert.Single(issues).Code);
    }

    [Fact]
    public void A_dictionary_is_written_as_json()
    {
        var headers = new Dictionary<string, object> { ["X-Powered-By"] = "PHP/8" };
        Assert.Equal("""{"X-Powered-By":"PHP/8"}""", Validate("http", ("extra_headers", headers))["extra_headers"].ToString());
    }

    [Fact]
    public void The_value_of_a_secret_is_never_shown()
    {
        Validate("ssh", ("password", "hunter2\nroot"));
        Validate("https", ("tls_key", "b64:hunter2!"));
        Assert.Equal(2, issues.Count);
        Assert.DoesNotContain(issues, issue => issue.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_come_in_the_order_of_the_fields_and_are_stable()
    {
        var settings = Validate("ssh", ("user", "ops"), ("password", "x"));
        Assert.Equal(["password", "user"], settings.Keys);
        Assert.Equal(settings, Validate("ssh", [.. settings.Select(pair => (pair.Key, (object?)pair.Value))]));
    }

    [Fact]
    public void A_key_set_twice_and_a_type_that_is_no_setting_are_faults()
    {
        Validate("ssh", ("user", "a"), ("user", "b"), ("hostname", new object()));
        Assert.Equal(["duplicate-setting", "bad-setting"], issues.Select(issue => issue.Code));
    }
}
