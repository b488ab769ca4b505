namespace Decnet.FakeDaemon;

using System.Text.RegularExpressions;

/// <summary>A method and a path with wildcards.</summary>
sealed partial class RoutePattern
{
    readonly string _method;
    readonly bool _isVersioned;
    readonly Regex _path;

    public RoutePattern(string method, string pathPattern)
    {
        _method = method;
        _isVersioned = Version().IsMatch(pathPattern);
        _path = new Regex("^" + Regex.Escape(pathPattern).Replace("\\*", ".*") + "$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public bool Matches(FakeRequest request) =>
        (_method == "*" || _method.Equals(request.Method, StringComparison.OrdinalIgnoreCase))
        && _path.IsMatch(_isVersioned ? $"/v{request.PathVersion}{request.Path}" : request.Path);

    [GeneratedRegex(@"^/v\d+\.\d+/")]
    private static partial Regex Version();
}
