namespace Decnet.Fleet.Sqlite.Storage;

using System.Globalization;
using Microsoft.Data.Sqlite;

/// <summary>A prepared statement with numbered parameters.</summary>
internal sealed class Statement : IDisposable
{
    readonly SqliteCommand command;

    internal Statement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <param name="values">The values of the parameters, in order.</param>
    /// <returns>How many rows it changed.</returns>
    internal int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    internal SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
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

    public void Dispose() => command.Dispose();

    void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i == command.Parameters.Count)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"?{i + 1}") });
            }

            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
