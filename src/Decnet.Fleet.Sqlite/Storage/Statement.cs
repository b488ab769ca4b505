namespace Decnet.Fleet.Sqlite.Storage;

using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>A statement that is prepared when it is first used, with parameters <c>?1</c>, <c>?2</c> and so on.</summary>
internal sealed class Statement(SqliteConnection connection, string sql) : IDisposable
{
    sqlite3_stmt? change;
    SqliteCommand? query;

    /// <summary>Runs a statement that changes rows.</summary>
    /// <remarks>A pass may write thousands of rows, so this does without the look-up of parameters by name of <see cref="SqliteCommand"/>.</remarks>
    /// <param name="values">The values of the parameters, in order.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    internal int Execute(params ReadOnlySpan<object?> values)
    {
        if (change is null)
        {
            Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out change));
        }

        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(change, i + 1, values[i]));
        }

        var code = raw.sqlite3_step(change);
        if (code != raw.SQLITE_DONE)
        {
            // Resetting reports the failure of the step once more, now with its details.
            Check(raw.sqlite3_reset(change));
            Check(code);
        }

        Check(raw.sqlite3_reset(change));
        return raw.sqlite3_changes(connection.Handle);
    }

    internal SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        if (query is null)
        {
            query = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are made of constants of this assembly.
            query.CommandText = sql;
#pragma warning restore CA2100
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (i == query.Parameters.Count)
            {
                query.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"?{i + 1}") });
            }

            query.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return query.ExecuteReader();
    }

    internal List<T> List<T>(Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Query(values);
        var list = new List<T>();
        while (reader.Read())
        {
            list.Add(map(reader));
        }

        return list;
    }

    /// <summary>Reads one number.</summary>
    /// <returns>The number; null when there is no row, or its column is null.</returns>
    internal long? Number(params ReadOnlySpan<object?> values)
    {
        using var reader = Query(values);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : null;
    }

    public void Dispose()
    {
        change?.Dispose();
        query?.Dispose();
    }

    static int Bind(sqlite3_stmt statement, int index, object? value) =>
        value switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            string text => raw.sqlite3_bind_text(statement, index, text),
            int number => raw.sqlite3_bind_int64(statement, index, number),
            long number => raw.sqlite3_bind_int64(statement, index, number),
            _ => throw new ArgumentException($"A {value.GetType().Name} is not a value of a column.", nameof(value)),
        };

    void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);
}
