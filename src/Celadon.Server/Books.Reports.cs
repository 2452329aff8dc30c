using Celadon.Ledger;
using Celadon.Store;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>What was sent to whom, latest first: position of the record, when, what it says.</summary>
    public IReadOnlyList<(long Position, Instant At, StatementSentRecord Statement)> Sent()
    {
        var state = _workspace.State();
        return [.. state.Standing<StatementSentRecord>().Reverse().Select(s =>
            (s.Position, ((BatchRecord)state.BatchOf(s.Position).Body).At, s.Body))];
    }

    /// <summary>
    /// Records that a statement was given to somebody, and keeps the very bytes by their hash.
    /// </summary>
    /// <param name="what">Name of the report with its language and months.</param>
    /// <param name="bytes">What was sent.</param>
    /// <param name="to">To whom.</param>
    /// <param name="consent">On which consent.</param>
    /// <exception cref="RefusedException">
    /// report.sentIncomplete: to whom or on which consent is missing.
    /// </exception>
    public Appended Send(string what, byte[] bytes, string to, string consent) =>
        StatementSending.Record(_workspace, what, bytes, to, consent);

    /// <summary>The bytes of a statement that was sent, or null when they are not kept.</summary>
    public byte[]? SentBytes(string sha256) => Sent().Any(s => s.Statement.Sha256 == sha256)
        && _workspace.Kept.Has(sha256) ? _workspace.Kept.Get(sha256) : null;

    /// <summary>The workspace, for what is written from it as a whole.</summary>
    internal Workspace Whole => _workspace;
}
