namespace Decnet.Daemon.Tests.Units;

using Decnet.Daemon.Units;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Xunit;

public sealed class UnitFilesTests
{
    static readonly UnitRequest Plain = new() { User = "decnet", Group = "decnet", StateDir = "/var/lib/decnet", Binary = "/usr/local/bin/decnetd" };

    [Fact]
    public void A_reconciler_that_only_mirrors_may_write_the_database_alone()
    {
        var service = Lines(Plain);

        Assert.Contains("ExecStart=/usr/local/bin/decnetd reconcile --state-dir /var/lib/decnet --repair off", service);
        Assert.Contains("ReadWritePaths=/var/lib/decnet/db /var/lib/decnet/work.lock", service);
        Assert.Contains("RestrictAddressFamilies=AF_UNIX", service);
        Assert.Contains("PrivateNetwork=yes", service);
        Assert.Contains("IPAddressDeny=any", service);
    }

    [Theory]
    [InlineData(RepairMode.Restart, false)]
    [InlineData(RepairMode.Recreate, false)]
    [InlineData(RepairMode.Off, true)]
    public void A_reconciler_that_works_may_write_the_state_folder(RepairMode repair, bool mutate)
    {
        var service = Lines(Plain with { Repair = repair, Mutate = mutate });

        Assert.Contains("ReadWritePaths=/var/lib/decnet", service);
        Assert.Equal(mutate, service.Any(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && line.Contains("--mutate", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_project_goes_into_the_command() =>
        Assert.Contains(Lines(Plain with { Project = "lab" }), line => line.EndsWith("--project lab", StringComparison.Ordinal));

    [Fact]
    public void An_engine_behind_TCP_gets_a_network_and_nothing_else_does()
    {
        var service = Lines(Plain with { DockerHost = "tcp://engine.lab:2376" });

        Assert.Contains("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", service);
        Assert.DoesNotContain(service, line => line.StartsWith("IPAddressDeny", StringComparison.Ordinal) || line.StartsWith("PrivateNetwork", StringComparison.Ordinal));
        Assert.Contains(service, line => line.EndsWith("--docker-host tcp://engine.lab:2376", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_file_comes_with_its_folder_and_its_rotation()
    {
        var files = UnitFiles.Of(Plain with { LogFile = "/var/log/decnet/decnetd.log" });

        Assert.Contains("StandardError=append:/var/log/decnet/decnetd.log", files["decnet-reconciler.service"], StringComparison.Ordinal);
        Assert.Contains("d /var/log/decnet 0750 decnet decnet -", files["tmpfiles.d/decnet-reconciler.conf"], StringComparison.Ordinal);
        Assert.Contains("/var/log/decnet/decnetd.log {", files["logrotate.d/decnet-reconciler"], StringComparison.Ordinal);
        Assert.Contains("/var/log/decnet/reconciler*.log {", UnitFiles.Of(Plain)["logrotate.d/decnet-reconciler"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_runtime_may_ask_for_what_it_does_not_start_without()
    {
        var service = Lines(Plain);

        var denied = Array.IndexOf(service, "SystemCallFilter=~@privileged @resources");
        var needed = Array.IndexOf(service, "SystemCallFilter=sched_setaffinity");
        Assert.True(denied >= 0 && needed > denied, "What is allowed has to come after the group that holds it was denied.");
        Assert.Contains("SystemCallErrorNumber=EPERM", service);
        Assert.DoesNotContain(service, line => line.StartsWith("MemoryDenyWriteExecute", StringComparison.Ordinal));
    }

    [Fact]
    public void An_agent_listens_and_works()
    {
        var files = UnitFiles.Of(Plain with { Kind = UnitKind.Agent, Port = 9000, Interface = "eth1", Repair = RepairMode.Recreate });
        var service = files["decnet-agent.service"].Split('\n');

        Assert.Contains("ExecStart=/usr/local/bin/decnetd agent --state-dir /var/lib/decnet --repair recreate --manifest /etc/decnet-agent-manifest.json --port 9000 --interface eth1", service);
        Assert.Contains("ReadWritePaths=/var/lib/decnet", service);
        Assert.Contains("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK", service);
        Assert.Contains("SupplementaryGroups=docker", service);
    }

    [Fact]
    public void The_user_of_an_agent_may_start_the_unit_that_removes_it_and_nothing_else()
    {
        var rule = UnitFiles.Of(Plain with { Kind = UnitKind.Agent })["polkit-1/rules.d/50-decnet-agent.rules"].ReplaceLineEndings(" ");

        Assert.Matches(
            """
            action\.id == "org\.freedesktop\.systemd1\.manage-units" && +action\.lookup\("unit"\) == "decnet-agent-remove\.service" && +action\.lookup\("verb"\) == "start" && +subject\.user == "decnet"\) \{ +return polkit\.Result\.YES;
            """.Trim(),
            rule);
        Assert.Equal(2, rule.Split("polkit.Result").Length);
    }

    [Fact]
    public void The_unit_that_removes_an_agent_takes_from_it_nothing_but_the_order()
    {
        var service = UnitFiles.Of(Plain with { Kind = UnitKind.Agent, StateDir = "/srv/decoys/state", Binary = "/opt/decnet/decnetd" })["decnet-agent-remove.service"].Split('\n');

        Assert.Contains("ExecStart=/opt/decnet/decnetd agent remove --begun --manifest /etc/decnet-agent-manifest.json --state-dir /srv/decoys/state", service);
        Assert.Contains("ReadWritePaths=/etc /opt/decnet /srv/decoys", service);
        // The agent waits for the start and not for the end, which it does not live to see.
        Assert.Contains("Type=exec", service);
        Assert.DoesNotContain(service, line => line.StartsWith("User=", StringComparison.Ordinal) || line.StartsWith("PartOf=", StringComparison.Ordinal) || line == "[Install]");
    }

    [Fact]
    public void A_master_has_no_part_in_the_engine()
    {
        var files = UnitFiles.Of(Plain with { Kind = UnitKind.Master, EnrolmentPort = 9001 });
        var service = files["decnet-master.service"].Split('\n');

        Assert.Contains("ExecStart=/usr/local/bin/decnetd master --state-dir /var/lib/decnet --enrolment-port 9001", service);
        Assert.DoesNotContain(service, line => line.Contains("docker", StringComparison.Ordinal));
        Assert.DoesNotContain("docker", files["sysusers.d/decnet-master.conf"], StringComparison.Ordinal);
        Assert.DoesNotContain("polkit-1/rules.d/50-decnet-agent.rules", files.Keys);
    }

    [Fact]
    public void Services_of_one_machine_share_no_file_but_the_target_which_is_the_same_for_all()
    {
        var files = Enum.GetValues<UnitKind>().SelectMany(kind => UnitFiles.Of(Plain with { Kind = kind, StateDir = $"/var/lib/decnet-{kind}" }));

        var shared = Assert.Single(files.GroupBy(file => file.Key), file => file.Count() > 1);
        Assert.Equal("decnet.target", shared.Key);
        Assert.Single(shared.Select(file => file.Value).Distinct());
    }

    [Fact]
    public void No_log_is_rotated_twice()
    {
        var logs = Enum.GetValues<UnitKind>().Select(kind => UnitFiles.Of(Plain with { Kind = kind }).Single(file => file.Key.StartsWith("logrotate.d/", StringComparison.Ordinal)))
            .Select(file => file.Value.Split('\n').Single(line => line.EndsWith(" {", StringComparison.Ordinal)));

        Assert.Equal(["/var/log/decnet/reconciler*.log {", "/var/log/decnet/agent*.log {", "/var/log/decnet/master*.log {"], logs);
    }

    [Theory]
    [InlineData("--port", 80, null, null)]
    [InlineData("--enrolment-port", null, 443, null)]
    [InlineData("--interface", null, null, "eth0; reboot")]
    public void What_an_agent_or_master_cannot_use_is_refused(string option, int? port, int? enrolmentPort, string? link) =>
        Assert.Equal(option, Assert.Single(UnitChecks.Find(Plain with { Kind = UnitKind.Agent, Port = port, EnrolmentPort = enrolmentPort, Interface = link })).Target);

    [Theory]
    [InlineData("reconciler")]
    [InlineData("agent")]
    [InlineData("master")]
    public void No_placeholder_and_no_blank_stays_behind(string name)
    {
        Assert.All(UnitFiles.Of(Plain with { Kind = Enum.Parse<UnitKind>(name, ignoreCase: true), LogFile = "/var/log/decnet/d.log" }).Values, text =>
        {
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.Contains(UnitFiles.Marker, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void All_errors_of_a_request_are_told_at_once()
    {
        var bad = new UnitRequest
        {
            User = "De Cnet",
            Group = "x;y",
            StateDir = "relative",
            Binary = "/home/me/decnetd",
            DockerHost = "tcp://host;rm",
            Project = "my project",
            LogFile = "/etc/passwd",
        };

        var refused = Assert.Throws<FleetValidationException>(() => UnitFiles.Of(bad));

        Assert.Equal(["--user", "--group", "--state-dir", "--binary", "--log-file", "--docker-host", "--project"], refused.Issues.Select(issue => issue.Target));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/var/lib")]
    [InlineData("/etc")]
    [InlineData("/home/decnet")]
    [InlineData("/tmp/decnet")]
    [InlineData("/var/lib/../../etc")]
    [InlineData("/var/lib/dec net")]
    [InlineData("/var/lib/decnet\nExecStartPre=/bin/sh")]
    [InlineData("/var/lib/%h")]
    [InlineData("/var/lib/$x")]
    public void A_state_folder_that_is_not_fit_is_refused(string path) =>
        Assert.Equal("--state-dir", Assert.Single(UnitChecks.Find(Plain with { StateDir = path })).Target);

    [Theory]
    [InlineData("root")]
    [InlineData("decnet\n")]
    [InlineData("1decnet")]
    [InlineData("a-name-that-is-longer-than-systemd-takes")]
    public void A_user_that_is_not_fit_is_refused(string user) =>
        Assert.Equal("--user", Assert.Single(UnitChecks.Find(Plain with { User = user })).Target);

    static string[] Lines(UnitRequest request) => UnitFiles.Of(request)["decnet-reconciler.service"].Split('\n');
}
