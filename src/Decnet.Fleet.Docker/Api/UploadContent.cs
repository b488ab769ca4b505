namespace Decnet.Fleet.Docker.Api;

using System.Net;
using System.Net.Http.Headers;

/// <summary>A tar archive on its way to the engine. Each part that gets through gives the request its time anew.</summary>
internal sealed class UploadContent : HttpContent
{
    const int PartSize = 80 * 1024;

    readonly Stream archive;
    readonly RequestDeadline deadline;

    internal UploadContent(Stream archive, RequestDeadline deadline)
    {
        this.archive = archive;
        this.deadline = deadline;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var part = new byte[PartSize];
        int count;
        while ((count = await ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await stream.WriteAsync(part.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            deadline.Restart();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = archive.CanSeek ? archive.Length - archive.Position : 0;
        return archive.CanSeek;
    }

    async Task<int> ReadAsync(byte[] part, CancellationToken cancellationToken)
    {
        try
        {
            return await archive.ReadAsync(part, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new ArchiveException(error);
        }
    }
}
