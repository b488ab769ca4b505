namespace Decnet.Fleet.Docker.Api;

using System.Runtime.CompilerServices;
using System.Text.Json;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>
/// The requests about images. Those that take long are sequences of messages: they succeeded when the sequence ends, and
/// fail with a <see cref="DockerEngineException"/>; a caller that stops early stops the work.
/// </summary>
internal sealed class ImageCalls(EngineConnection connection)
{
    internal Task<ImageDetails> InspectAsync(string name, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Get, $"/images/{EngineRequest.Escape(name)}/json") { Timeout = connection.Timeouts.Query },
            EngineJsonContext.Default.ImageDetails,
            cancellationToken);

    /// <summary>Pulls one image.</summary>
    /// <param name="reference"><c>busybox</c> (its tag is then latest), <c>host:5000/name:tag</c> or <c>name@sha256:...</c>.</param>
    /// <param name="registryAuth">The header <c>X-Registry-Auth</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    internal IAsyncEnumerable<ProgressMessage> PullAsync(string reference, string? registryAuth, CancellationToken cancellationToken)
    {
        var (repository, tag) = Split(reference);
        var request = Work("/images/create", reference) with { RegistryAuth = registryAuth };
        return WorkAsync(request.With("fromImage", repository).With("tag", tag), RuntimeError.Server, cancellationToken);
    }

    /// <summary>Loads the images of an archive that <c>docker save</c> made.</summary>
    internal IAsyncEnumerable<ProgressMessage> LoadAsync(Stream archive, CancellationToken cancellationToken) =>
        WorkAsync((Work("/images/load", null) with { Archive = archive }).With("quiet", "0"), RuntimeError.Invalid, cancellationToken);

    /// <summary>Makes an image of an archive with a file system.</summary>
    internal IAsyncEnumerable<ProgressMessage> ImportAsync(Stream archive, string reference, CancellationToken cancellationToken)
    {
        var (repository, tag) = Split(reference);
        var request = Work("/images/create", reference) with { Archive = archive };
        return WorkAsync(request.With("fromSrc", "-").With("repo", repository).With("tag", tag), RuntimeError.Invalid, cancellationToken);
    }

    /// <summary>Builds an image with the engine's own builder, which needs no session.</summary>
    internal IAsyncEnumerable<ProgressMessage> BuildAsync(Stream archive, ImageBuild build, CancellationToken cancellationToken) =>
        WorkAsync(
            (Work("/build", build.Tag) with { Archive = archive })
                .With("t", build.Tag)
                .With("dockerfile", build.Dockerfile)
                .With("labels", Json(build.Labels))
                .With("buildargs", Json(build.Arguments))
                .With("rm", "1")
                .With("forcerm", "1")
                .With("version", "1"),
            RuntimeError.Invalid,
            cancellationToken);

    /// <summary>Gives an image another name.</summary>
    internal Task TagAsync(string name, string reference, CancellationToken cancellationToken)
    {
        var (repository, tag) = Split(reference);
        return connection.SendAsync(
            (Change(HttpMethod.Post, $"/images/{EngineRequest.Escape(name)}/tag") with { Subject = reference }).With("repo", repository).With("tag", tag),
            cancellationToken);
    }

    /// <summary>Removes a name of an image, and with its last name the image. Removing what is gone succeeds.</summary>
    internal async Task RemoveAsync(string name, bool force, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(
                Change(HttpMethod.Delete, $"/images/{EngineRequest.Escape(name)}").With("force", force ? "1" : "0"), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException gone) when (gone.Error == RuntimeError.NotFound)
        {
            // That is what was asked for.
        }
    }

    async IAsyncEnumerable<ProgressMessage> WorkAsync(
        EngineRequest request, RuntimeError uncoded, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await connection.OpenAsync(request, connection.Timeouts.Silence, cancellationToken).ConfigureAwait(false);
        var messages = new JsonValueReader<ProgressMessage>(answer.Body, EngineJsonContext.Default.ProgressMessage);
        while (await answer.ReadAsync(messages.ReadAsync).ConfigureAwait(false) is { } message)
        {
            if (message.Error is not null || message.ErrorDetail is not null)
            {
                throw EngineErrors.From(connection.Endpoint, request, message, uncoded);
            }

            yield return message;
        }
    }

    /// <summary>The two halves that the engine takes. Without the second it would pull all tags.</summary>
    static (string Repository, string Tag) Split(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var digest = reference.IndexOf('@', StringComparison.Ordinal);
        var named = digest < 0 ? reference : reference[..digest];
        var colon = named.LastIndexOf(':');
        var (repository, tag) = colon > named.LastIndexOf('/') ? (named[..colon], named[(colon + 1)..]) : (named, "latest");
        return (repository, digest < 0 ? tag : reference[(digest + 1)..]);
    }

    static string? Json(IReadOnlyDictionary<string, string>? map) =>
        map is null ? null : JsonSerializer.Serialize(map, EngineJsonContext.Default.IReadOnlyDictionaryStringString);

    EngineRequest Change(HttpMethod method, string path) => new(method, path) { Timeout = connection.Timeouts.Change };

    EngineRequest Work(string path, string? subject) => new(HttpMethod.Post, path) { Timeout = connection.Timeouts.Silence, Subject = subject };
}
