using Celadon.Ledger;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>Records that a report or an evidence pack was given to somebody.</summary>
public static class StatementSending
{
    private const int Longest = 200;

    /// <summary>
    /// Keeps the bytes by their hash and appends the record: what, hash, to whom, on which consent.
    /// </summary>
    /// <exception cref="RefusedException">
    /// report.sentIncomplete: to whom or on which consent is missing, or longer than 200 characters.
    /// </exception>
    public static Appended Record(Workspace workspace, string what, byte[] bytes, string to, string consent)
    {
        if (to.Trim().Length is 0 or > Longest || consent.Trim().Length is 0 or > Longest)
            throw RefusedException.Of("report.sentIncomplete");
        if (workspace.IsReadOnly) throw RefusedException.Of("workspace.readOnly",
            ("path", workspace.Folder));
        var sha256 = workspace.Kept.Put(bytes);
        return workspace.Append("send", [new StatementSentRecord(what, sha256, to.Trim(), consent.Trim())]);
    }
}
