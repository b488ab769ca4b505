namespace Decnet.Fleet.Docker;

using Decnet.Fleet.Containers;

/// <summary>
/// Tells refusals apart whose status does not. The engine's network library answers 403 where an address, a subnet or a
/// parent interface is taken, and where a network is in use: nobody lacks a permission then.
/// </summary>
internal static class EngineRefusals
{
    const int Forbidden = 403;

    /// <summary>Whether something is taken, for a request that the engine does not answer with 403 for another reason.</summary>
    internal static bool IsTaken(DockerEngineException refused) =>
        refused.Error == RuntimeError.Conflict || (refused.StatusCode == Forbidden && !IsOfAuthorization(refused));

    internal static DockerEngineException Taken(DockerEngineException refused, string explanation) =>
        new(RuntimeError.Conflict, $"{refused.Message} {explanation}", refused.Request, refused.StatusCode, refused.EngineMessage, refused);

    /// <summary>An authorization plugin of the engine refuses with 403 too, always in these words.</summary>
    static bool IsOfAuthorization(DockerEngineException refused) =>
        refused.EngineMessage is { } said && said.StartsWith("authorization denied by plugin", StringComparison.Ordinal);
}
