namespace Decnet.Engine.Tests.Decnetd;

using System.Net;
using System.Text;
using Decnet.Testing;

/// <summary>An image registry that has no images and says so, so that the engine need not wonder whether it will come back.</summary>
sealed class EmptyRegistry : IDisposable
{
    static readonly byte[] Unknown = Encoding.ASCII.GetBytes("""{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");

    readonly TestPort port = TestPort.Take();
    readonly HttpListener listener = new();
    readonly Task answering;

    internal EmptyRegistry()
    {
        Address = $"127.0.0.1:{port}";
        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
        answering = AnswerAsync();
    }

    /// <summary>Its name in references of images.</summary>
    internal string Address { get; }

    public void Dispose()
    {
        listener.Close();
        answering.Wait();
        port.Dispose();
    }

    async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                // The first question is whether there is a registry at all.
                var isThere = context.Request.Url!.AbsolutePath == "/v2/";
                context.Response.StatusCode = isThere ? 200 : 404;
                context.Response.ContentType = "application/json";
                context.Response.Close(isThere ? [] : Unknown, willBlock: false);
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
