namespace Decnet.FakeDaemon.Engine;

using System.Text.Json.Nodes;

/// <summary>The answer to <c>GET /version</c>.</summary>
static class VersionDocument
{
    const string BuildTime = "2026-05-07T21:09:36.000000000+00:00";
    const string Commit = "5d6db84";
    const string Kernel = "6.12.48";

    public static JsonObject Of(EngineRelease release) => new()
    {
        ["Platform"] = new JsonObject { ["Name"] = "" },
        ["Components"] = new JsonArray(
            Component("Engine", release.Version, Details(release)),
            Component("containerd", "1.7.27", Build("05044ec0a9a75232cad458027ca83437aae3f4da")),
            Component("runc", "1.2.5", Build("v1.2.5-0-g59923ef")),
            Component("docker-init", "0.19.0", Build("de40ad0"))),
        ["Version"] = release.Version,
        ["ApiVersion"] = release.ApiVersion,
        ["MinAPIVersion"] = release.MinApiVersion,
        ["GitCommit"] = Commit,
        ["GoVersion"] = release.GoVersion,
        ["Os"] = "linux",
        ["Arch"] = "amd64",
        ["KernelVersion"] = Kernel,
        ["BuildTime"] = BuildTime,
    };

    static JsonObject Details(EngineRelease release) => new()
    {
        ["ApiVersion"] = release.ApiVersion,
        ["Arch"] = "amd64",
        ["BuildTime"] = BuildTime,
        ["Experimental"] = release.IsExperimental ? "true" : "false",
        ["GitCommit"] = Commit,
        ["GoVersion"] = release.GoVersion,
        ["KernelVersion"] = Kernel,
        ["MinAPIVersion"] = release.MinApiVersion,
        ["Os"] = "linux",
    };

    static JsonObject Build(string commit) => new() { ["GitCommit"] = commit };

    static JsonObject Component(string name, string version, JsonObject details) =>
        new() { ["Name"] = name, ["Version"] = version, ["Details"] = details };
}
