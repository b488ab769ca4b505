namespace Decnet.Fleet.Docker.Tests.Endpoints;

using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Testing;

/// <summary>A user's home folder with the docker command's files in it, and an environment.</summary>
internal sealed class DockerHome : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public DockerHome() => Variables["HOME"] = Variables["USERPROFILE"] = _folder.Path;

    public Dictionary<string, string> Variables { get; } = [];

    public string SystemSocket => _folder.File("system.sock");

    public string File(params string[] parts) => Path.Combine([_folder.Path, .. parts]);

    public string Write(string content, params string[] parts)
    {
        string path = File(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string WriteContext(string name, string meta) => Write(meta, ".docker", "contexts", "meta", Id(name), "meta.json");

    public string WriteContextTls(string name, string file) => Write("", ".docker", "contexts", "tls", Id(name), "docker", file);

    public DockerEndpoint Resolve(bool windows = false) =>
        new DockerEndpointResolver(Variables.GetValueOrDefault, windows, SystemSocket).Resolve();

    public DockerEndpointException Fail() => Assert.Throws<DockerEndpointException>(() => Resolve());

    public void Dispose() => _folder.Dispose();

    static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
