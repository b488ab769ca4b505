namespace Decnet.Fleet.Swarm.Tests.Pki;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;

/// <summary>A master and its hosts, each with a folder of its own, on one clock that stands still.</summary>
internal sealed class PkiLab : IDisposable
{
    readonly TemporaryFolder folder = new();

    internal FakeTimeProvider Clock { get; } = new(Authority.Start);

    internal PkiFolder MasterFolder => new(folder.File("master/pki"));

    internal PkiFolder FolderOf(string host) => new(folder.File($"{host}/pki"));

    internal Task<MasterPki> MasterAsync(AuthorityOptions? options = null) => MasterPki.OpenAsync(MasterFolder, ["198.18.4.1", "master.lab"], Clock, options);

    /// <summary>Enrols a host as agent and master do, without the network between.</summary>
    internal async Task<HostPki> EnrolAsync(MasterPki master, string host)
    {
        var request = await HostEnrolment.PrepareAsync(FolderOf(host), KeyAlgorithm.EcdsaP256, Clock, default);
        var certificate = await master.IssueAsync(request, HostId.Parse(host), ["198.18.4.7"], default);
        await HostEnrolment.StoreAsync(
            FolderOf(host), master.Current.AuthorityFingerprint, Reply(master, host, certificate.ExportCertificatePem()), Clock, default);
        return HostPki.Open(FolderOf(host), Clock);
    }

    internal static EnrolmentReply Reply(MasterPki master, string host, string certificate) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = HostId.Parse(host),
        Certificate = certificate,
        Trust = master.Current.Bundle,
        MasterPort = SwarmProtocol.MasterPort,
    };

    /// <summary>Lets time go by in small steps while tasks wait for each other's locks.</summary>
    internal async Task<T[]> PassAsync<T>(params IEnumerable<Func<Task<T>>> works)
    {
        var all = Task.WhenAll(works.Select(work => Task.Run(work)));
        await Eventually.TrueAsync(() =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(5));
            return Task.FromResult(all.IsCompleted);
        }, TimeSpan.FromMinutes(1));
        return await all;
    }

    public void Dispose() => folder.Dispose();
}
