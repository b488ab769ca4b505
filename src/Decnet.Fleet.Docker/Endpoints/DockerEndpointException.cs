namespace Decnet.Fleet.Docker.Endpoints;

using Decnet.Fleet.Model;

/// <summary>What says where the Docker engine is cannot be used.</summary>
public sealed class DockerEndpointException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="origin">What said where the engine is: <c>DOCKER_HOST</c>, a context, a file.</param>
    /// <param name="message">What is wrong, with what, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DockerEndpointException(string origin, string message, Exception? innerException = null) : base(message, innerException) =>
        Origin = origin;

    /// <summary>What said where the engine is: <c>DOCKER_HOST</c>, <c>the docker context 'lab'</c>, the path of a file.</summary>
    public string Origin { get; }
}
