namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Decnet.Fleet.State;

/// <summary>
/// The folder <c>pki</c> of a state folder: 0700, its keys 0600 from the moment they exist. Files are replaced as a whole; those
/// that belong together are written in an order in which a reader, and who comes after a crash, can tell what is complete.
/// </summary>
internal sealed class PkiFolder
{
    internal const string FolderName = "pki";
    internal const string Authority = "ca.crt";
    internal const string AuthorityKey = "ca.key";
    internal const string Revocations = "ca.crl";
    internal const string Trust = "trust.json";
    internal const string Announcement = "next-master.json";

    const UnixFileMode Mode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode Mode0700 = Mode0600 | UnixFileMode.UserExecute;
    const UnixFileMode Others = ~Mode0700;
    const int MaxBytes = 8 * 1024 * 1024;

    static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Names the folder; it need not exist.</summary>
    internal PkiFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    internal static PkiFolder Of(StateFolder state) => new(System.IO.Path.Combine(state.Path, FolderName));

    internal string Path { get; }

    internal string In(string name) => System.IO.Path.Combine(Path, name);

    internal bool Has(string name) => File.Exists(In(name));

    /// <summary>Keeps other processes from changing the folder, and removes what crashed ones have begun.</summary>
    /// <exception cref="FleetFileException">The folder cannot be locked.</exception>
    internal async Task<FleetLock> LockAsync(string purpose, TimeProvider clock, CancellationToken cancellationToken)
    {
        Create();
        var held = await FleetLock.AcquireAsync(In("pki.lock"), LockPatience, purpose, clock, cancellationToken).ConfigureAwait(false);
        foreach (var left in DurableFiles.Instance.List(Path, ".", ".tmp"))
        {
            DurableFiles.Instance.Delete(left);
        }

        return held;
    }

    /// <summary>Makes the folder unless it is there.</summary>
    /// <exception cref="PkiException">It cannot be made.</exception>
    internal void Create()
    {
        try
        {
            DurableFiles.Instance.CreateFolder(Path, Mode0700);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"The folder '{Path}' cannot be made: {error.Message} The user of this process must be able to write its parent.", error) { Path = Path };
        }
    }

    internal void WriteSecret(string name, string text) => Write(name, text, Mode0600);

    internal void Write(string name, string text) => Write(name, text, mode: null);

    internal void Rename(string from, string to)
    {
        DurableFiles.Instance.Rename(In(from), In(to));
        DurableFiles.Instance.FlushFolder(Path);
    }

    internal void Delete(string name)
    {
        DurableFiles.Instance.Delete(In(name));
        DurableFiles.Instance.FlushFolder(Path);
    }

    /// <summary>Reads a file as text.</summary>
    /// <exception cref="PkiException">It is not there, or cannot be read.</exception>
    internal string Read(string name, string fix)
    {
        try
        {
            return DurableFiles.Instance.Read(In(name), MaxBytes) is { } bytes
                ? Encoding.UTF8.GetString(bytes)
                : throw Bad(name, "is not there", fix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Bad(name, $"cannot be read: {error.Message}", "Let the user of this process read it.", error);
        }
    }

    /// <exception cref="PkiException">It is not there, or holds no certificate.</exception>
    internal X509Certificate2 ReadCertificate(string name, string fix)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Read(name, fix));
        }
        catch (CryptographicException error)
        {
            throw Bad(name, $"holds no certificate in PEM form: {error.Message}", fix, error);
        }
    }

    /// <exception cref="PkiException">It is not there, others may read it, or it holds no key.</exception>
    internal PrivateKey ReadKey(string name, string fix)
    {
        if (!OperatingSystem.IsWindows() && Has(name) && (File.GetUnixFileMode(In(name)) & Others) != 0)
        {
            throw Bad(name, "is a private key that others may read or write", $"Run: chmod 600 '{In(name)}'. If others could really read it, replace the key.");
        }

        try
        {
            return PrivateKey.FromPem(Read(name, fix));
        }
        catch (CryptographicException error)
        {
            throw Bad(name, $"is no key: {error.Message}", fix, error);
        }
    }

    internal PkiException Bad(string name, string what, string fix, Exception? cause = null) => new($"'{In(name)}' {what}. {fix}", cause) { Path = In(name) };

    void Write(string name, string text, UnixFileMode? mode) =>
        DurableFile.Write(In(name), overwrite: true, stream => stream.Write(Encoding.UTF8.GetBytes(text)), mode);
}
