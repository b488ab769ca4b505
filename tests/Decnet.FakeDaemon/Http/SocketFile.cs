namespace Decnet.FakeDaemon.Http;

using System.Net.Sockets;

/// <summary>The socket's place in the file system. The path is short, since that of a unix socket has at most 107 bytes.</summary>
sealed class SocketFile : IDisposable
{
    readonly DirectoryInfo? _folder;

    public SocketFile(string? path)
    {
        _folder = path is null ? Directory.CreateTempSubdirectory("fd-") : null;
        Path = path ?? System.IO.Path.Combine(_folder!.FullName, "docker.sock");
    }

    public string Path { get; }

    public Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(Path));
            listener.Listen(512);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    public void Remove() => File.Delete(Path);

    public void Dispose()
    {
        Remove();
        _folder?.Delete(recursive: true);
    }
}
