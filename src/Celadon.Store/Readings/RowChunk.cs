using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Celadon.Store.Readings;

/// <summary>
/// Some rows of a table, column by column as DuckDB holds them: at most 2,048 at once. A value is a plain
/// load or store; a call for each value of five million readings is what would take the time.
/// </summary>
internal readonly unsafe ref struct RowChunk(DuckDBDataChunk chunk, int first, int count)
{
    /// <summary>Number of the first of them, in the order they are written or read.</summary>
    public int First => first;

    /// <summary>How many there are.</summary>
    public int Count => count;

    /// <summary>A column, which is never empty in any row; the type must be the table's, exactly.</summary>
    public Span<T> Column<T>(int column) where T : unmanaged => new(NativeMethods.Vectors.DuckDBVectorGetData(
        NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column)), count);
}

/// <summary>Fills or reads some rows.</summary>
internal delegate void RowWork(RowChunk rows);

/// <summary>Whole columns into a table and out of a query, through DuckDB's own calls.</summary>
internal static class RowChunks
{
    /// <summary>Appends rows to a table, within the connection's transaction when there is one.</summary>
    /// <exception cref="InvalidDataException">DuckDB refuses, in its words.</exception>
    public static void Append(DuckDBConnection connection, string table, int count, RowWork fill)
    {
        var state = NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table,
            out var appender);
        using (appender)
        {
            Check(state, appender);
            var types = new DuckDBLogicalType[NativeMethods.Appender.DuckDBAppenderColumnCount(appender)];
            for (var i = 0; i < types.Length; i++)
                types[i] = NativeMethods.Appender.DuckDBAppenderColumnType(appender, (ulong)i);
            using var chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(
                [.. types.Select(t => t.DangerousGetHandle())], (ulong)types.Length);
            foreach (var type in types) type.Dispose();
            var most = (int)NativeMethods.Helpers.DuckDBVectorSize();
            for (var first = 0; first < count; first += most)
            {
                var here = Math.Min(most, count - first);
                NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
                fill(new RowChunk(chunk, first, here));
                NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)here);
                Check(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk), appender);
            }
            Check(NativeMethods.Appender.DuckDBAppenderClose(appender), appender);
        }
    }

    /// <summary>Every row of a query whose columns are numbers, some at a time, in its order.</summary>
    /// <exception cref="InvalidDataException">DuckDB refuses, in its words.</exception>
    public static void Read(DuckDBConnection connection, string sql, RowWork each)
    {
        var state = NativeMethods.Query.DuckDBQuery(connection.NativeConnection, sql, out var result);
        try
        {
            if (state != DuckDBState.Success)
                throw new InvalidDataException(NativeMethods.Query.DuckDBResultError(ref result));
            for (var first = 0; ;)
            {
                using var chunk = NativeMethods.Query.DuckDBFetchChunk(result);
                if (chunk.IsInvalid) break;
                var count = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
                if (count == 0) break;
                each(new RowChunk(chunk, first, count));
                first += count;
            }
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    private static void Check(DuckDBState state, DuckDB.NET.Native.DuckDBAppender appender)
    {
        if (state == DuckDBState.Success) return;
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(appender);
        throw new InvalidDataException(NativeMethods.ErrorData.DuckDBErrorDataMessage(error));
    }
}
