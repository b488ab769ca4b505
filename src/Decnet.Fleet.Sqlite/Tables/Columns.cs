namespace Decnet.Fleet.Sqlite.Tables;

using System.Globalization;
using Microsoft.Data.Sqlite;

/// <summary>Reads and writes values as columns hold them.</summary>
internal static class Columns
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    extension(DateTimeOffset time)
    {
        internal string ToColumn() => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
    }

    extension(DateTimeOffset? time)
    {
        internal string? ToColumn() => time?.ToColumn();
    }

    extension(SqliteDataReader reader)
    {
        internal DateTimeOffset Time(int column) =>
            new(DateTime.ParseExact(reader.GetString(column), TimeFormat, CultureInfo.InvariantCulture), TimeSpan.Zero);

        internal DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : reader.Time(column);

        internal string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
