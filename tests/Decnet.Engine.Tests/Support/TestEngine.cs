namespace Decnet.Engine.Tests.Support;

/// <summary>The engine that <c>DECNET_TEST_ENGINE</c> names, shared by all tests; a test class asks for it in its constructor.</summary>
/// <remarks>Tests that stop or kill an engine take a <see cref="PrivateEngine"/>.</remarks>
public sealed class TestEngine
{
    readonly string? endpoint = Environment.GetEnvironmentVariable(EngineRequirement.EndpointVariable);
    readonly string? macvlanParent = Environment.GetEnvironmentVariable(EngineRequirement.MacvlanVariable);

    /// <summary>Where the engine is, as <c>DOCKER_HOST</c> wants it: <c>unix:///…</c>.</summary>
    public string Endpoint => !string.IsNullOrEmpty(endpoint) ? endpoint : throw new InvalidOperationException(EngineRequirement.Hint);

    /// <summary>A host interface that macvlan networks may use: one end of a pair that leads nowhere else.</summary>
    public string MacvlanParent => !string.IsNullOrEmpty(macvlanParent)
        ? macvlanParent
        : throw new InvalidOperationException($"{EngineRequirement.MacvlanVariable} is not set; eng/test-engine env prints it.");

    /// <summary>Runs <c>docker ARGUMENTS</c> on this engine and returns its standard output without blanks around.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its standard error.</exception>
    public Task<string> DockerCli(params string[] arguments) => new DockerClient(Endpoint).RunAsync(arguments);

    /// <summary>Removes the containers and networks that carry the label of our project, and nothing else.</summary>
    public Task CleanAsync() => new DockerClient(Endpoint).CleanAsync();
}
