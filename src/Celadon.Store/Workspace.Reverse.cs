using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Store;

public sealed partial class Workspace
{
    /// <summary>
    /// Takes back an entry, a readings batch, an override, a closing, or a whole batch with all in it: from
    /// here on the record does not count, and every answer is as it was without it. A reversal takes back
    /// what was written, not what was done: <see cref="Appended.Findings"/> says what does not come back by
    /// itself.
    /// </summary>
    /// <param name="target">Its position.</param>
    /// <param name="reason">Why.</param>
    /// <param name="evidenceSha256">The file that shows it, or empty.</param>
    /// <exception cref="RefusedException">
    /// reverse.nothing: no such record. reverse.twice: taken back already. reverse.alone: a version of a
    /// register goes with its batch or by a newer version. reverse.final: the program noted it as it handed
    /// the statement over.
    /// </exception>
    public Appended Reverse(long target, string reason, string evidenceSha256 = "")
    {
        lock (_writing)
        {
            var state = State();
            if (target < 1 || target > state.Position)
                throw RefusedException.Of("reverse.nothing", ("position", target));
            if (state.ReversedAt(target) is > 0 and var at)
                throw RefusedException.Of("reverse.twice", ("position", target), ("at", at));
            if (Taken(state, target).FirstOrDefault(r => IsHandedOver(state, r)) is { } given)
                throw RefusedException.Of("reverse.final", ("position", given.Position));
            if (state.Records.FirstOrDefault(r => r.Position == target) is { Body: RegisterRecord } register)
                throw RefusedException.Of("reverse.alone", ("position", target), ("batch", register.Batch));
            var reversal = new ReversalRecord(target, reason, evidenceSha256);
            var appended = Append("reverse", [reversal, .. FollowingFrom(reversal, state)]);
            Steps.Pass("reversed");
            HealReadings();
            EraseWhatStandsWithdrawn();
            return appended with { Findings = [.. NotBroughtBack(reversal)] };
        }
    }

    /// <summary>True for a record that can be taken back by itself.</summary>
    /// <param name="state">The books.</param>
    /// <param name="record">The record.</param>
    public static bool CanReverse(JournalState state, PlacedRecord record) =>
        record.Body is not (BatchRecord or RegisterRecord) && !IsHandedOver(state, record);

    /// <summary>
    /// What a reversal does not bring back by itself: the bytes of files whose withdrawal it takes back,
    /// while they are not kept, and what was sent. Nothing when the reversal was taken back.
    /// </summary>
    /// <param name="reversal">The reversal.</param>
    public IEnumerable<Finding> NotBroughtBack(ReversalRecord reversal)
    {
        var state = State();
        foreach (var (position, _, body) in Taken(state, reversal.Target))
            if (state.ReversedAt(position) == 0) continue;
            else if (body is EvidenceWithdrawnRecord { Sha256: var sha256 } && !Evidence.Has(sha256))
                yield return Finding.Of("reverse.bytesGone", Severity.Warning, new Place(Record: position),
                    ("position", position), ("file", NameOf(state, sha256)), ("sha256", sha256));
            else if (body is StatementSentRecord sent)
                yield return Finding.Of("reverse.wasSent", Severity.Info, new Place(Record: position),
                    ("position", position), ("what", sent.What), ("to", sent.To));
    }

    /// <summary>The records other than entries that a reversal of a position takes back.</summary>
    private static IEnumerable<PlacedRecord> Taken(JournalState state, long target) =>
        state.Records.Where(r => r.Position == target || r.Batch == target);

    /// <summary>A statement that the program noted as it gave the bytes: that did happen.</summary>
    private static bool IsHandedOver(JournalState state, PlacedRecord record) =>
        record.Body is StatementSentRecord
        && state.BatchOf(record.Position).Body is BatchRecord { Purpose: "send" };

    private static string NameOf(JournalState state, string sha256) => state.Batches
        .SelectMany(b => ((BatchRecord)b.Body).Files).FirstOrDefault(f => f.Sha256 == sha256)?.Name ?? sha256;

    /// <summary>
    /// Files withdrawn whose bytes are there yet: an end of the process came between, or a reversal that was
    /// taken back withdraws them again.
    /// </summary>
    private void EraseWhatStandsWithdrawn()
    {
        var state = State();
        var withdrawn = new Dictionary<string, long>();
        foreach (var (position, body) in state.Standing<EvidenceWithdrawnRecord>())
            withdrawn[body.Sha256] = Math.Max(state.StandsSince(position),
                withdrawn.GetValueOrDefault(body.Sha256));
        foreach (var (sha256, since) in withdrawn)
            if (!CameAgain(state, sha256, since)) Evidence.Erase(sha256);
    }

    private static bool CameAgain(JournalState state, string sha256, long after) => state.Batches
        .Any(b => b.Position > after && ((BatchRecord)b.Body).Files.Any(f => f.Sha256 == sha256));

    /// <summary>
    /// What was derived from entries that a reversal takes (or brings) back, derived anew without them.
    /// </summary>
    private IEnumerable<RecordBody> FollowingFrom(ReversalRecord reversal, JournalState state)
    {
        var batch = state.Position + 1;
        var header = new BatchRecord(_options.Clock.GetCurrentInstant(), _options.Actor, "reverse", [], "",
            "");
        var then = new JournalState([.. state.Records, new PlacedRecord(batch, batch, header),
            new PlacedRecord(batch + 1, batch, reversal)], batch + 1);
        var balances = Balances(then, RegistersOf(then), []);
        return [.. balances.Reversals, .. balances.Entries.Select(e => new EntryRecord(e))];
    }
}
