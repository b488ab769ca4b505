namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Swarm.AspNetCore.Peers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

/// <summary>
/// Makes request delegates, all in the same order: the peer is judged, then the body is read, then one call is made. Whatever goes
/// wrong is answered as a problem.
/// </summary>
/// <param name="gate">Judges the peer.</param>
/// <param name="body">Reads bodies.</param>
/// <param name="logger">Where refusals and failures are logged.</param>
internal sealed class SwarmEndpoint(IPeerGate gate, RequestBody body, ILogger logger)
{
    internal RequestDelegate Get(Func<SwarmCall, Task<SwarmAnswer>> answer) => context => AnswerAsync(context, answer);

    internal RequestDelegate Post<TBody>(SwarmRoute route, JsonTypeInfo<TBody> type, Func<SwarmCall, TBody, Task<SwarmAnswer>> answer) =>
        context => AnswerAsync(
            context,
            async call => await answer(call, await body.ReadAsync(context, type, route.MaxBytes).ConfigureAwait(false)).ConfigureAwait(false));

    async Task AnswerAsync(HttpContext context, Func<SwarmCall, Task<SwarmAnswer>> answer)
    {
        try
        {
            var peer = await gate.AdmitAsync(context).ConfigureAwait(false);
            var result = await answer(new SwarmCall(context, peer)).ConfigureAwait(false);
            await result.WriteAsync(context.Response, context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
#pragma warning disable CA1031 // Whatever it is, the peer gets a problem, and the log what it was.
        catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await RefuseAsync(context, error).ConfigureAwait(false);
        }
    }

    async Task RefuseAsync(HttpContext context, Exception error)
    {
        var problem = Problems.Of(error);
        RequestLog.Answered(logger, context, problem, error);
        try
        {
            await SwarmAnswer.Problem(problem).WriteAsync(context.Response, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The peer did not wait for its answer.
        }
    }
}
