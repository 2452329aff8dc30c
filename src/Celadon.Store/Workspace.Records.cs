using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Store.Journal;
using NodaTime;

namespace Celadon.Store;

public sealed partial class Workspace
{
    /// <summary>What a records file may name: entries that stand, and files whose bytes are kept.</summary>
    private BooksKnown Books()
    {
        var state = State();
        return new BooksKnown(
            position => position >= 1 && position <= state.Position && state.ReversedAt(position) == 0
                && Journal.Range(position, position, 1).Any(r => r.Body is EntryRecord),
            () => KeptFiles(state), flow => MonthsOf(flow, state));
    }

    /// <summary>The months in which entries or meters of a flow know something, open and closed.</summary>
    private FlowMonths MonthsOf(string flow, JournalState state)
    {
        var registers = RegistersOf(state);
        string[] parts = flow.Split('|');
        var (from, to) = (Node.Parse(parts[0]), Node.Parse(parts[1]));
        if ((registers.SiteOf(to) ?? registers.SiteOf(from)) is not { } site
            || SiteZone.Find(site.Zone) is not { } zone) return new FlowMonths(0, 0, "", 0);
        var entries = Journal.EntriesOf(s => s.From == from && s.To == to && s.Resource == parts[2],
            state.Position).Where(e => state.ReversedAt(e.Position) == 0).Select(e => e.Entry.Period);
        var readings = registers.Of<Meter>()
            .Where(m => m.FromNode == from && m.ToNode == to && m.Resource == parts[2])
            .Select(m => Readings.SpanAt(m.Id, state.Position)).OfType<Period>();
        var months = entries.Concat(readings).SelectMany(p => new MonthSpan(zone.MonthOf(p.Start),
            zone.MonthOf(p.End - Duration.Epsilon)).Months).ToHashSet();
        var closed = state.Closings().Where(c => c.Closing.Site == site.Id
            && months.Contains(c.Closing.Month)).OrderBy(c => c.Closing.Month).ToList();
        return closed.Count == 0 ? new FlowMonths(months.Count, 0, "", 0)
            : new FlowMonths(months.Count - closed.Count, closed.Count, Text(closed[^1].Closing.Month),
                closed[^1].Position);
    }

    private List<BatchFile> KeptFiles(JournalState state)
    {
        var withdrawn = state.Standing<EvidenceWithdrawnRecord>().Select(w => w.Body.Sha256).ToHashSet();
        return [.. state.Batches.SelectMany(b => ((BatchRecord)b.Body).Files)
            .Where(f => !withdrawn.Contains(f.Sha256) && Evidence.Has(f.Sha256))];
    }

    /// <summary>
    /// Records of a plan that the books do not hold, and names that are not kept: the same file loaded again
    /// writes nothing.
    /// </summary>
    private NewInPlan WithRecords(NewInPlan fresh, ImportPlan plan, JournalState state) => fresh with
    {
        Overrides = [.. plan.Records.OfType<OverrideRecord>().Distinct()
            .Except(state.Standing<OverrideRecord>().Select(r => r.Body))],
        Stated = [.. plan.Records.OfType<EvidenceWithdrawnRecord>().DistinctBy(r => r.Sha256)
                .Where(w => !state.Standing<EvidenceWithdrawnRecord>().Any(r => r.Body.Sha256 == w.Sha256)),
            .. plan.Records.OfType<StatementSentRecord>().Distinct()
                .Except(state.Standing<StatementSentRecord>().Select(r => r.Body))],
        Names = [.. plan.Names.Where(n => (Journal.ActorName(n.Id) ?? "") != n.Name)],
    };

    /// <summary>
    /// Erases the files that a batch withdraws, once the batch is on the disk; what an end of the process
    /// leaves is erased on opening.
    /// </summary>
    private void EraseWithdrawn(IEnumerable<RecordBody> records)
    {
        foreach (var withdrawn in records.OfType<EvidenceWithdrawnRecord>())
        {
            Steps.Pass("withdrawn");
            Evidence.Erase(withdrawn.Sha256);
        }
    }

    private Imported Named(NewInPlan fresh)
    {
        Journal.NameActors([.. fresh.Names.Select(n => (n.Id, n.Name))]);
        return new Imported(null, 0, 0, fresh.Findings) { Names = fresh.Names.Length };
    }

    /// <summary>The name kept for an actor, or null.</summary>
    public string? ActorName(string id) => Journal.ActorName(id);

    /// <summary>
    /// Erases the name of an actor for good; the chain holds only the id and stays whole. False when no name
    /// was kept.
    /// </summary>
    public bool EraseActorName(string id)
    {
        lock (_writing)
        {
            if (Journal.ActorName(id) is null) return false;
            Journal.NameActors([(id, "")]);
            return true;
        }
    }

    /// <summary>What was remembered of files read before, by name.</summary>
    public ImmutableArray<ImportMap> ImportTemplates() => Templates();

    /// <summary>
    /// Forgets the templates of a name: files of the form are detected anew. Returns how many there were.
    /// </summary>
    public int ForgetTemplate(string name)
    {
        lock (_writing)
        {
            var templates = Templates();
            var left = templates.Where(t => t.Name != name).ToList();
            if (left.Count < templates.Length) Journal.SetTemplate("import", ImportMap.Write(left));
            return templates.Length - left.Count;
        }
    }
}
