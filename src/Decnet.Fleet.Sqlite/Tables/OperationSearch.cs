namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>Turns an <see cref="OperationQuery"/> into a statement that has only the conditions that were asked for, so that indexes serve it.</summary>
internal static class OperationSearch
{
    internal static List<Operation> Run(
        StoreConnection connection, string fields, OperationQuery query, Func<SqliteDataReader, Operation> read)
    {
        var values = new List<object?> { query.Limit };
        var conditions = new List<string>();
        Restrict("id IN (SELECT value FROM json_each({0}))", query.Ids is { } ids ? TextList.Write([.. ids.Select(OperationTable.Key)]) : null);
        Restrict("host_id = {0}", query.HostId?.Value);
        Restrict("decky_name = {0}", query.DeckyName?.Value);
        Restrict("status = {0}", query.Status is { } status ? Token<OperationStatus>.Of(status) : null);

        // The newer of two with the same time is the one that was added later.
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ";
        var sql = $"SELECT {fields} FROM operations {where}ORDER BY created_at DESC, rowid DESC LIMIT ?1";
        return connection[sql].List(read, [.. values]);

        void Restrict(string condition, string? value)
        {
            if (value is not null)
            {
                values.Add(value);
                conditions.Add(condition.Replace("{0}", $"?{values.Count}", StringComparison.Ordinal));
            }
        }
    }
}
