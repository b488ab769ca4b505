namespace Decnet.FakeDaemon.Http;

using System.Net.Sockets;
using Decnet.FakeDaemon.Engine;

/// <summary>One connection: request, reply, request, reply, until one side ends it.</summary>
sealed class FakeConnection(Socket socket, int number, Responder responder)
{
    static readonly byte[] _refusal =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request"u8.ToArray();

    readonly CancellationTokenSource _cut = new();
    readonly PeekedInput _input = new(socket);

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
            var reader = new RequestReader(_input, number, responder.Release.ApiVersion);
            while (await reader.ReadAsync(_cut.Token) is { } request && await AnswerAsync(request))
            {
            }
        }
        catch (MalformedRequestException)
        {
            await RefuseAsync();
        }
        catch (Exception end) when (IsEnd(end))
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

    async Task<bool> AnswerAsync(FakeRequest request)
    {
        using var handling = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token);
        var answering = responder.AnswerAsync(request, handling.Token);
        if (answering.IsCompletedSuccessfully && LeavesRequestUnread(await answering))
        {
            return await WriteAsync(request, await answering, _cut.Token);
        }

        await _input.TakeReadAsync(_cut.Token);
        await using var watch = new HangUpWatch(socket, _cut.Token);
        await using var link = watch.Token.Register(handling.Cancel);
        return await WriteAsync(request, await answering.WaitAsync(watch.Token), watch.Token);
    }

    Task<bool> WriteAsync(FakeRequest request, FakeReply reply, CancellationToken token) =>
        new ReplyWriter(new PacedOutput(socket, reply.SplitSize), responder.Release, request, reply).WriteAsync(token);

    static bool LeavesRequestUnread(FakeReply reply) => reply.Kind == ReplyKind.Reset || reply.Break?.Kind == ReplyKind.Reset;

    static bool IsEnd(Exception failure) =>
        failure is OperationCanceledException or SocketException or ObjectDisposedException or ConnectionCutException;

    async Task RefuseAsync()
    {
        try
        {
            // Unread bytes would turn the end of the connection into a reset that hides the answer.
            await _input.TakeSeenAsync(_cut.Token);
            await socket.SendAsync(_refusal, SocketFlags.None, _cut.Token);
        }
        catch (Exception end) when (IsEnd(end))
        {
            // The client did not wait for it.
        }
    }
}
