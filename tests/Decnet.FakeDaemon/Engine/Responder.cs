namespace Decnet.FakeDaemon.Engine;

/// <summary>Finds the reply to a request: the test's handlers first, then what every engine answers.</summary>
sealed class Responder(EngineRelease release, FakeDaemonOptions options, RouteTable routes, Arrivals<FakeRequest> log, Action<Exception> fail)
{
    public EngineRelease Release => release;

    public void Fail(Exception failure) => fail(failure);

    public async Task<FakeReply> AnswerAsync(FakeRequest request, CancellationToken token)
    {
        log.Add(request);
        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return routes.Find(request) is { } handler ? await handler(request, token) : EngineAnswers.For(request, release);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            fail(failure);
            return FakeReply.Error(500, $"the handler of {request} failed: {failure.Message}");
        }
    }

    FakeReply? Refusal(FakeRequest request)
    {
        if (!options.RefusesOtherVersions || request.PathVersion is not { } asked)
        {
            return null;
        }

        var reason =
            !EngineRelease.IsAtLeast(asked, release.MinApiVersion)
                ? $"client version {asked} is too old. Minimum supported API version is {release.MinApiVersion}, please upgrade your client to a newer version"
            : !EngineRelease.IsAtLeast(release.ApiVersion, asked)
                ? $"client version {asked} is too new. Maximum supported API version is {release.ApiVersion}"
            : null;
        return reason is null ? null : FakeReply.Error(400, reason).WithHeader("Docker-Experimental", null);
    }
}
