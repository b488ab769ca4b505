namespace Decnet.FakeDaemon;

using System.Collections.Immutable;

/// <summary>The handlers of the test, newest first.</summary>
sealed class RouteTable
{
    ImmutableStack<(RoutePattern Pattern, Func<FakeRequest, CancellationToken, Task<FakeReply>> Handler)> _routes =
        ImmutableStack<(RoutePattern, Func<FakeRequest, CancellationToken, Task<FakeReply>>)>.Empty;

    public void Add(string method, string pathPattern, Func<FakeRequest, CancellationToken, Task<FakeReply>> handler) =>
        ImmutableInterlocked.Update(
            ref _routes, (routes, route) => routes.Push(route), (new RoutePattern(method, pathPattern), handler));

    public Func<FakeRequest, CancellationToken, Task<FakeReply>>? Find(FakeRequest request)
    {
        foreach (var (pattern, handler) in _routes)
        {
            if (pattern.Matches(request))
            {
                return handler;
            }
        }

        return null;
    }
}
