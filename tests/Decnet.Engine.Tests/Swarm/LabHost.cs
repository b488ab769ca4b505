namespace Decnet.Engine.Tests.Swarm;

using System.Globalization;
using System.Net;
using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.HostNetwork;
using Decnet.Engine.Tests.Killing;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;

/// <summary>
/// A host of a lab: a network namespace with a cable to the switch of the lab, another to a LAN of its own, a state folder, and an engine
/// when it has one. Nothing of it outlives the tests: namespaces go with the last of their processes, programs are killed with the
/// tests, and the engine is stopped by whoever started the shared one.
/// </summary>
sealed class LabHost : IAsyncDisposable
{
    /// <summary>The interface on the host's LAN, which deckies are attached to.</summary>
    internal const string LanInterface = "lan0";

    const string Control = "ctl0";

    readonly TemporaryFolder folder = new();
    readonly List<DecnetdProcess> programs = [];
    readonly NetworkNamespace middle;
    readonly string port;
    PrivateEngine? engine;

    /// <summary>Makes one.</summary>
    /// <param name="middle">The switch of the lab.</param>
    /// <param name="name">What the tests call it.</param>
    /// <param name="number">Says which addresses it has; 1 to 99.</param>
    internal LabHost(NetworkNamespace middle, string name, int number)
    {
        (this.middle, Name, port) = (middle, name, $"port{number}");
        Address = IPAddress.Parse($"198.19.240.{number}");
        Lan = IPNetwork.Parse($"198.18.{100 + number}.0/24");
        LanAddress = IPAddress.Parse($"198.18.{100 + number}.250");
        Gateway = IPAddress.Parse($"198.18.{100 + number}.1");
        Connect(middle, Control, port, Address);
        middle.Ip($"link set {port} master {HostLab.Bridge}");
        Connect(Neighbour, LanInterface, "far0", LanAddress);
        Neighbour.Ip($"addr add {Gateway}/24 dev far0");
        Network.Ip($"route add default via {Gateway}");
    }

    internal string Name { get; }

    /// <summary>Its address in the network that all hosts of the lab share.</summary>
    internal IPAddress Address { get; }

    /// <summary>The LAN behind it, which no other host of the lab sees.</summary>
    internal IPNetwork Lan { get; }

    /// <summary>Its address there.</summary>
    internal IPAddress LanAddress { get; }

    /// <summary>The router there, which <see cref="Neighbour"/> is.</summary>
    internal IPAddress Gateway { get; }

    internal NetworkNamespace Network { get; } = new();

    /// <summary>Another machine on its LAN, which sees what an intruder would see.</summary>
    internal NetworkNamespace Neighbour { get; } = new();

    /// <summary>How far the clock of its programs is ahead of the machine's; behind when it is negative.</summary>
    internal TimeSpan ClockOffset { get; set; }

    internal string StateFolder => folder.File("state");

    /// <summary>Its engine; one was asked for.</summary>
    internal PrivateEngine Engine => engine ?? throw new InvalidOperationException($"{Name} has no engine.");

    /// <summary>What the engine has.</summary>
    internal RealEngine Containers => new(Engine.Endpoint, Engine.DockerCli);

    /// <summary>Starts an engine in its network.</summary>
    internal async Task StartEngineAsync() => engine = await PrivateEngine.StartInAsync(Network);

    /// <summary>The path of a file of its own.</summary>
    internal string File(string name) => folder.File(name);

    /// <summary>Starts <c>decnetd</c> in its network, on its state folder and its engine.</summary>
    internal DecnetdProcess Start(params string[] words)
    {
        string[] ways = engine is null ? [] : ["--docker-host", engine.Endpoint];
        var environment = new Dictionary<string, string?>
        {
            ["DECNET_IMAGE_POLICY"] = "tag",
            ["DECNET_TEST_CLOCK_OFFSET"] = ClockOffset.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture),
            ["NOTIFY_SOCKET"] = null,
            ["JOURNAL_STREAM"] = null,
        };
        var program = new DecnetdProcess([.. words, "--state-dir", StateFolder, .. ways], environment, Network);
        programs.Add(program);
        return program;
    }

    /// <summary>Runs <c>decnetd</c> to its end.</summary>
    internal async Task<CommandResult> RunAsync(params string[] words)
    {
        using var program = Start(words);
        return await program.EndAsync();
    }

    /// <summary>Pulls its cable to the switch: it and the others do not hear of each other any more, and nobody is told.</summary>
    internal void Cut() => middle.Ip($"link set {port} down");

    /// <summary>Puts the cable back.</summary>
    internal void Join() => middle.Ip($"link set {port} up");

    /// <summary>Loses some of the packets that come over the cable to the switch.</summary>
    /// <param name="share">How many, from 0 to 1.</param>
    internal void Lose(double share) => Network.Iptables($"-A INPUT -i {Control} {Chance(share)} -j DROP");

    /// <summary>Resets some of the connections over that cable, each whenever a packet of it is hit.</summary>
    /// <param name="share">How many of the packets hit theirs, from 0 to 1.</param>
    internal void Reset(double share) => Network.Iptables($"-A INPUT -i {Control} -p tcp {Chance(share)} -j REJECT --reject-with tcp-reset");

    /// <summary>Leads its connections to an address and port elsewhere; those that it has there are reset.</summary>
    internal void Divert(IPAddress to, int toPort, EndPoint elsewhere)
    {
        Network.Iptables($"-t nat -A OUTPUT -p tcp -d {to} --dport {toPort} -j DNAT --to-destination {elsewhere}");
        Network.Iptables($"-A OUTPUT -p tcp -d {to} --dport {toPort} -j REJECT --reject-with tcp-reset");
    }

    /// <summary>Ends loss, resets and diversions.</summary>
    internal void Heal()
    {
        Network.Iptables("-F");
        Network.Iptables("-t nat -F");
    }

    public async ValueTask DisposeAsync()
    {
        programs.ForEach(program => program.Dispose());
        try
        {
            await (engine?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        finally
        {
            Network.Dispose();
            Neighbour.Dispose();
            folder.Dispose();
        }
    }

    void Connect(NetworkNamespace other, string name, string otherName, IPAddress address)
    {
        Network.Ip($"link add {name} type veth peer name {otherName} netns {other.Path}");
        Network.Ip($"addr add {address}/24 dev {name}");
        Network.Ip($"link set {name} up");
        other.Ip($"link set {otherName} up");
    }

    static string Chance(double share) => string.Create(CultureInfo.InvariantCulture, $"-m statistic --mode random --probability {share}");
}
