namespace Decnet.Fleet.Docker.Tests.Images;

using System.Text.Json.Nodes;
using Decnet.Fleet.Docker.Images;
using Decnet.Testing;

/// <summary>A docker folder and a PATH of its own, with credential helpers that are shell scripts.</summary>
internal sealed class CredentialFolder : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public string Config => _folder.File("config.json");

    public string File(string name) => _folder.File(name);

    public void WriteConfig(string json) => System.IO.File.WriteAllText(Config, json);

    public void WriteHelper(string name, string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Helpers are shell scripts here.");
            return;
        }

        string path = _folder.File($"docker-credential-{name}");
        System.IO.File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public CredentialHelper Helper(TimeProvider? time = null) =>
        new(program => CredentialHelperPath.Find(name => name == "PATH" ? $"/nowhere::{_folder.Path}" : null, program, windows: false), time ?? TimeProvider.System);

    public Task<RegistryAuth?> FindAsync(string registryHost) =>
        new RegistryCredentials(_folder.Path, Helper()).FindAsync(registryHost, TestContext.Current.CancellationToken);

    public static JsonNode Decode(RegistryAuth? auth)
    {
        Assert.NotNull(auth);
        string header = auth.ToHeader();
        Assert.DoesNotContain(header, character => character is '+' or '/');
        return JsonNode.Parse(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/')))!;
    }

    public void Dispose() => _folder.Dispose();
}
