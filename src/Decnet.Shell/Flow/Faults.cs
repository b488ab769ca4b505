namespace Decnet.Shell.Flow;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Turns what the library throws into faults. The ids are part of the contract with scripts.</summary>
public static class Faults
{
    /// <summary>One fault for an error; each issue of an input that is not valid is one of its own.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="target">What was worked on; null when it is not known.</param>
    /// <returns>At least one.</returns>
    public static IReadOnlyList<Fault> Of(Exception error, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            FaultException { Fault: var fault } => [fault],
            FleetValidationException refused => [.. refused.Errors.Select(issue => Of(issue, refused, target))],
            TypeInitializationException { InnerException: { } inner } => Of(inner, target),
            AggregateException { InnerExceptions: [var only] } => Of(only, target),
            _ => [One(error, target)],
        };
    }

    /// <summary>The fault of a name that nothing has.</summary>
    /// <param name="noun">What was looked for, such as <c>Service</c>: the id is made of it.</param>
    /// <param name="name">The name.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>The fault.</returns>
    public static Fault NotFound(string noun, string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(noun);
        return new Fault(
            $"{noun}NotFound",
            FaultCategory.ObjectNotFound,
            $"There is no {noun.ToLowerInvariant()} '{name}' ({Suggestion.Fix(name, known.Order(StringComparer.Ordinal))}).",
            name);
    }

    /// <summary>The fault of one issue of an input.</summary>
    /// <param name="issue">The issue.</param>
    /// <param name="error">The error that lists it; null when nothing was thrown.</param>
    /// <param name="target">What was worked on; null for what the issue names.</param>
    /// <returns>The fault.</returns>
    internal static Fault Of(FleetIssue issue, FleetValidationException? error = null, object? target = null)
    {
        var subject = error?.Subject is { } text && text != issue.Target ? $"{text}: " : "";
        var (id, category) = issue.Code switch
        {
            "unknown-decky" => ("DeckyNotFound", FaultCategory.ObjectNotFound),
            "unknown-worker" => ("WorkerNotFound", FaultCategory.ObjectNotFound),
            "unknown-host" => ("HostNotFound", FaultCategory.ObjectNotFound),
            "host-name-taken" => ("HostNameTaken", FaultCategory.ResourceExists),
            "host-in-use" => ("HostInUse", FaultCategory.InvalidOperation),
            _ => ($"Fleet{Pascal(issue.Code)}", issue.Line is null ? FaultCategory.InvalidArgument : FaultCategory.InvalidData),
        };
        return new Fault(id, category, subject + issue, issue.Target ?? target, error) { Line = issue.Line };
    }

    static Fault One(Exception error, object? target)
    {
        var (id, category) = error switch
        {
            FleetLockedException => ("FleetLocked", FaultCategory.ResourceBusy),
            FleetIniFileException => ("DescriptionUnreadable", FaultCategory.ReadError),
            GenerationConflictException => ("GenerationMoved", FaultCategory.ResourceBusy),
            FleetFileException => ("FleetFileUnusable", FaultCategory.InvalidData),
            StateStoreException => ("StoreUnusable", FaultCategory.ResourceUnavailable),
            PlanStaleException => ("PlanStale", FaultCategory.InvalidOperation),
            UnknownHostException => ("HostNotFound", FaultCategory.ObjectNotFound),
            PeerUnreachableException => ("HostUnreachable", FaultCategory.ConnectionError),
            PeerRefusedException => ("HostNotTrusted", FaultCategory.PermissionDenied),
            RequestRefusedException => ("HostRefused", FaultCategory.ResourceUnavailable),
            PkiException => ("AuthorityUnusable", FaultCategory.ResourceUnavailable),
            HostNetworkException => ("HostNetworkUnknown", FaultCategory.ResourceUnavailable),
            RuntimeException { Error: RuntimeError.Unreachable } => ("EngineUnreachable", FaultCategory.ConnectionError),
            RuntimeException => ("EngineRefused", FaultCategory.ResourceUnavailable),
            DecnetException => ("DecnetFailed", FaultCategory.InvalidOperation),
            FileNotFoundException or DirectoryNotFoundException => ("PathNotFound", FaultCategory.ObjectNotFound),
            UnauthorizedAccessException => ("AccessDenied", FaultCategory.PermissionDenied),
            IOException => ("FileUnusable", FaultCategory.WriteError),
            DllNotFoundException => ("SqliteMissing", FaultCategory.ResourceUnavailable),
            OperationCanceledException => ("Stopped", FaultCategory.OperationStopped),
            ArgumentException or FormatException => ("InvalidArgument", FaultCategory.InvalidArgument),
            _ => ("Unexpected", FaultCategory.InvalidOperation),
        };
        return new Fault(id, category, error.Message, target, error);
    }

    static string Pascal(string code) =>
        string.Concat(code.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
