namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>Folders with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, each of which may be missing.</summary>
internal static class DockerTlsFolder
{
    /// <summary>Looks which files are there.</summary>
    /// <param name="folder">The folder. It need not exist.</param>
    /// <param name="verify">Whether the engine must prove who it is.</param>
    /// <param name="source">What names the folder, for messages.</param>
    /// <returns>The files.</returns>
    /// <exception cref="DockerEndpointException">There is a certificate without its key, or a key without its certificate.</exception>
    public static DockerTls Read(string folder, bool verify, string source)
    {
        string? certificate = Find("cert.pem");
        string? key = Find("key.pem");
        if (certificate is null != key is null)
        {
            (string there, string missing) = key is null ? ("cert.pem", "key.pem") : ("key.pem", "cert.pem");
            throw new DockerEndpointException(
                source, $"The TLS folder '{folder}' from {source} has {there} but no {missing}. Add it, or remove {there} to go without a client's certificate.");
        }

        return new DockerTls { AuthorityFile = Find("ca.pem"), CertificateFile = certificate, KeyFile = key, Verify = verify };

        string? Find(string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? path : null;
    }
}
