namespace Decnet.Fleet.Sqlite.Tables;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>The rows of operations.</summary>
internal static class OperationTable
{
    const int RemovedAtOnce = 500;

    const string Fields =
        "id, host_id, decky_name, kind, status, error, attempt, created_at, started_at, updated_at, completed_at, deadline, phase, done, total, mutation_trigger";

    const string AddSql =
        $"""
        INSERT INTO operations ({Fields}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
        WHERE NOT EXISTS (SELECT 1 FROM operations WHERE host_id = ?2 AND decky_name = ?3 AND status IN ('pending', 'running'))
        ON CONFLICT (id) DO NOTHING
        """;

    const string AdvanceSql =
        """
        UPDATE operations SET status = ?2, error = ?3, updated_at = ?4,
            started_at = CASE WHEN ?2 = 'running' THEN ?4 ELSE started_at END,
            completed_at = CASE WHEN ?2 = 'running' THEN completed_at ELSE ?4 END
        WHERE id = ?1 AND ((status = 'pending' AND ?2 <> 'pending') OR (status = 'running' AND ?2 IN ('succeeded', 'failed')))
        """;

    const string ReportSql = "UPDATE operations SET phase = ?2, done = ?3, total = ?4, updated_at = ?5 WHERE id = ?1 AND status = 'running'";

    const string FailOpenSql =
        """
        UPDATE operations SET status = 'failed', error = ?2, updated_at = ?3, completed_at = ?3
        WHERE host_id = ?1 AND status IN ('pending', 'running')
        """;

    const string OpenSql =
        $"SELECT {Fields} FROM operations WHERE host_id = ?1 AND status IN ('pending', 'running') ORDER BY decky_name";

    const string RemoveAgedSql =
        """
        DELETE FROM operations WHERE id IN (SELECT id FROM operations
            WHERE status IN ('succeeded', 'failed') AND completed_at < ?1 ORDER BY completed_at LIMIT ?2)
        """;

    const string RemoveSurplusSql =
        """
        DELETE FROM operations WHERE id IN (SELECT id FROM operations
            WHERE status IN ('succeeded', 'failed') ORDER BY completed_at DESC LIMIT ?2 OFFSET ?1)
        """;

    internal static bool Add(StoreConnection connection, Operation operation, string at) =>
        connection[AddSql].Execute(
            Key(operation.Id), operation.HostId.Value, operation.DeckyName.Value, Token<OperationKind>.Of(operation.Kind),
            Token<OperationStatus>.Of(operation.Status), Operation.CutError(operation.Error), operation.Attempt, operation.CreatedAt.ToColumn(),
            operation.StartedAt.ToColumn(), at, operation.CompletedAt.ToColumn(), operation.Deadline.ToColumn(),
            operation.Progress is { } progress ? Token<OperationPhase>.Of(progress.Phase) : null, operation.Progress?.Done, operation.Progress?.Total,
            operation.Trigger is { } trigger ? Token<MutationTrigger>.Of(trigger) : null) == 1;

    internal static bool Advance(StoreConnection connection, StateChange.AdvanceOperation change, string at) =>
        connection[AdvanceSql].Execute(
            Key(change.Id), Token<OperationStatus>.Of(change.Status), Operation.CutError(change.Error), at) == 1;

    internal static bool Report(StoreConnection connection, StateChange.ReportProgress change, string at) =>
        connection[ReportSql].Execute(
            Key(change.Id), Token<OperationPhase>.Of(change.Progress.Phase), change.Progress.Done, change.Progress.Total, at) == 1;

    internal static void FailOpen(StoreConnection connection, HostId hostId, string error, string at) =>
        connection[FailOpenSql].Execute(hostId.Value, Operation.CutError(error), at);

    internal static List<Operation> Open(StoreConnection connection, HostId hostId) => connection[OpenSql].List(Read, hostId.Value);

    internal static List<Operation> List(StoreConnection connection, OperationQuery query) =>
        OperationSearch.Run(connection, Fields, query, Read);

    internal static void RemoveOld(StoreConnection connection, OperationRetention retention, DateTimeOffset at)
    {
        if (at - DateTimeOffset.MinValue > retention.MaxAge)
        {
            connection[RemoveAgedSql].Execute((at - retention.MaxAge).ToColumn(), RemovedAtOnce);
        }

        connection[RemoveSurplusSql].Execute(retention.MaxEnded, RemovedAtOnce);
    }

    internal static string Key(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);

    static Operation Read(SqliteDataReader reader) =>
        new()
        {
            Id = Guid.ParseExact(reader.GetString(0), "D"),
            HostId = HostId.Parse(reader.GetString(1)),
            DeckyName = DeckyName.Parse(reader.GetString(2)),
            Kind = Token<OperationKind>.Parse(reader.GetString(3)),
            Status = Token<OperationStatus>.Parse(reader.GetString(4)),
            Error = reader.TextOrNull(5),
            Attempt = reader.GetInt32(6),
            CreatedAt = reader.Time(7),
            StartedAt = reader.TimeOrNull(8),
            UpdatedAt = reader.Time(9),
            CompletedAt = reader.TimeOrNull(10),
            Deadline = reader.Time(11),
            Progress = reader.TextOrNull(12) is { } phase
                ? new OperationProgress(Token<OperationPhase>.Parse(phase), reader.GetInt32(13), reader.GetInt32(14))
                : null,
            Trigger = reader.TextOrNull(15) is { } trigger ? Token<MutationTrigger>.Parse(trigger) : null,
        };
}
