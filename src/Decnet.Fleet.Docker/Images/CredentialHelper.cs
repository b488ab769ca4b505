namespace Decnet.Fleet.Docker.Images;

using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Decnet.Fleet.Containers;

/// <summary>Asks the programs <c>docker-credential-...</c> (protocol of docker-credential-helpers).</summary>
/// <param name="find">Finds a program by its name; null when there is none.</param>
/// <param name="time">Measures the time that a helper may take.</param>
internal sealed class CredentialHelper(Func<string, string?> find, TimeProvider time)
{
    const string TokenUser = "<token>"; // By the protocol this in place of a user says that the secret is an identity token.
    const int MaxErrorLength = 500;

    /// <summary>How long a helper may take. Some ask a cloud, none may ask a person.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Asks a helper for the credentials of a registry.</summary>
    /// <param name="name">What follows <c>docker-credential-</c> in its name.</param>
    /// <param name="serverAddress">The registry.</param>
    /// <param name="cancellationToken">Ends the wait, and the helper.</param>
    /// <returns>The credentials; null when it has none.</returns>
    /// <exception cref="RuntimeException">It is missing, fails, takes too long or answers something else.</exception>
    public async Task<RegistryAuth?> GetAsync(string name, string serverAddress, CancellationToken cancellationToken)
    {
        string program = $"docker-credential-{name}";
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || find(program) is not { } path)
        {
            throw Failure(RuntimeError.Invalid, program, serverAddress, "is not in PATH. Install it, or take it out of docker's config.json.");
        }

        CredentialHelperRun run = await RunAsync(program, path, serverAddress, cancellationToken).ConfigureAwait(false);
        if (run.ExitCode == 0)
        {
            return Read(program, serverAddress, run.Output);
        }

        return IsNotFound(run.Output) || IsNotFound(run.Errors)
            ? null
            : throw Failure(RuntimeError.Forbidden, program, serverAddress, $"ended with code {run.ExitCode}: {Words(run)}");
    }

    async Task<CredentialHelperRun> RunAsync(string program, string path, string serverAddress, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await CredentialHelperRun.StartAsync(path, "get", serverAddress, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(RuntimeError.Timeout, program, serverAddress,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"gave no answer within {Timeout.TotalSeconds:0.#} seconds and was ended. Does it wait for a person? Unlock its store first."),
                exception);
        }
        catch (Win32Exception exception)
        {
            throw Failure(RuntimeError.Invalid, program, serverAddress, $"cannot be started ('{path}'): {exception.Message}.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw Failure(RuntimeError.Invalid, program, serverAddress, $"answered {exception.Message}, which no credentials are.", exception);
        }
    }

    static RegistryAuth? Read(string program, string serverAddress, string output)
    {
        CredentialHelperAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(output, CredentialHelperJsonContext.Default.CredentialHelperAnswer);
        }
        catch (JsonException)
        {
            // The cause is left out: it may quote the answer.
            throw Failure(RuntimeError.Invalid, program, serverAddress, "did not answer with credentials in JSON.");
        }

        bool token = answer?.Username == TokenUser;
        return string.IsNullOrEmpty(answer?.Secret) ? null : new RegistryAuth
        {
            ServerAddress = serverAddress,
            Username = token ? null : answer.Username,
            Password = token ? null : answer.Secret,
            IdentityToken = token ? answer.Secret : null,
        };
    }

    static bool IsNotFound(string text) => text.StartsWith("credentials not found", StringComparison.OrdinalIgnoreCase);

    // Helpers write errors to either output. What may be credentials is never shown.
    static string Words(CredentialHelperRun run)
    {
        string words = run.Errors.Length > 0 ? run.Errors : run.Output;
        return words.Length == 0 || words.Contains('{', StringComparison.Ordinal) ? "it gave no reason."
            : words.Length <= MaxErrorLength ? words
            : words[..MaxErrorLength];
    }

    static RuntimeException Failure(RuntimeError error, string program, string serverAddress, string what, Exception? cause = null) =>
        new(error, $"The credential helper {program}, asked for {serverAddress}, {what}", cause);
}
