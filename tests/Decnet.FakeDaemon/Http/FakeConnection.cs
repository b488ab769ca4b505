namespace Decnet.FakeDaemon.Http;

using System.Net.Sockets;
using Decnet.FakeDaemon.Engine;

/// <summary>One connection: request, reply, request, reply, until one side ends it.</summary>
sealed class FakeConnection(Socket socket, int number, Responder responder)
{
    readonly CancellationTokenSource _cut = new();

    public void Cut()
    {
        try
        {
            _cut.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself just now.
        }
    }

    public async Task RunAsync()
    {
        try
        {
            var input = new PeekedInput(socket);
            var reader = new RequestReader(input, number, responder.Release.ApiVersion);
            while (await reader.ReadAsync(_cut.Token) is { } request && await AnswerAsync(request, input))
            {
            }
        }
        catch (MalformedRequestException)
        {
            await RefuseAsync();
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client, the daemon or the script ended it.
        }
        catch (Exception failure)
        {
            responder.Fail(failure);
        }
        finally
        {
            socket.Dispose();
            _cut.Dispose();
        }
    }

    async Task<bool> AnswerAsync(FakeRequest request, PeekedInput input)
    {
        using var handling = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token);
        var answering = responder.AnswerAsync(request, handling.Token);
        if (answering.IsCompletedSuccessfully && LeavesRequestUnread(await answering))
        {
            return await WriteAsync(request, await answering, _cut.Token);
        }

        await input.TakeReadAsync(_cut.Token);
        await using var watch = new HangUpWatch(socket, _cut.Token);
        await using var link = watch.Token.Register(handling.Cancel);
        return await WriteAsync(request, await answering.WaitAsync(watch.Token), watch.Token);
    }

    Task<bool> WriteAsync(FakeRequest request, FakeReply reply, CancellationToken token) =>
        new ReplyWriter(new PacedOutput(socket, reply.SplitSize), responder.Release, request, reply).WriteAsync(token);

    static bool LeavesRequestUnread(FakeReply reply) => reply.Kind == ReplyKind.Reset || reply.Break?.Kind == ReplyKind.Reset;

    async Task RefuseAsync()
    {
        try
        {
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request"u8.ToArray());
        }
        catch (SocketException)
        {
            // The client did not wait for it.
        }
    }
}
