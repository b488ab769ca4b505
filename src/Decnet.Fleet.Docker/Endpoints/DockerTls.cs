namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>The TLS side of an endpoint: files in PEM.</summary>
public sealed record DockerTls
{
    /// <summary>The certificate authority of the engine; null for those that the system trusts.</summary>
    /// <value>Default: null.</value>
    public string? AuthorityFile { get; init; }

    /// <summary>The client's certificate; null for none.</summary>
    /// <value>Default: null.</value>
    public string? CertificateFile { get; init; }

    /// <summary>The key of the client's certificate; null when it is in the file of the certificate.</summary>
    /// <value>Default: null.</value>
    public string? KeyFile { get; init; }

    /// <summary>Whether the engine must prove who it is.</summary>
    /// <value>Default: true.</value>
    public bool Verify { get; init; } = true;
}
