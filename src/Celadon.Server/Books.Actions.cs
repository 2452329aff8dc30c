using System.Globalization;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>
    /// Takes back a record by its position, or a whole batch by the position of its batch record; says what
    /// was written and what does not come back by itself.
    /// </summary>
    /// <exception cref="RefusedException">
    /// reverse.nothing, reverse.twice, reverse.alone, reverse.final: as <see cref="Workspace.Reverse"/> says.
    /// </exception>
    public Appended Reverse(long position, string reason) => _workspace.Reverse(position, reason);

    /// <summary>True for a record that can be taken back by itself.</summary>
    internal bool CanReverse(RecordRow row) => Workspace.CanReverse(_workspace.State(),
        new PlacedRecord(row.Position, row.Batch, row.Body));

    /// <summary>What the reversals of a batch do not bring back by themselves.</summary>
    public IReadOnlyList<Finding> NotBroughtBack(long batch) => [.. _workspace.State().Records
        .Where(r => r.Batch == batch).Select(r => r.Body).OfType<ReversalRecord>()
        .SelectMany(_workspace.NotBroughtBack)];

    /// <summary>Sets what a rule derived to something else, for some entries at once.</summary>
    /// <param name="entries">Positions of the entries.</param>
    /// <param name="what">"category" or "factor".</param>
    /// <param name="value">"3.4", "none"; a factor's "pack:row".</param>
    /// <param name="reason">Why.</param>
    /// <returns>The position of the batch that says so.</returns>
    /// <exception cref="RefusedException">
    /// web.overrideNothing: no entry, or one that is taken back. web.overrideValue: no such category or
    /// factor.
    /// </exception>
    public long Override(IReadOnlyList<long> entries, string what, string value, string reason)
    {
        if (entries.Count == 0
            || !entries.All(p => Record(p) is { Row: { Body: EntryRecord, ReversedBy: 0 } }))
            throw RefusedException.Of("web.overrideNothing");
        if (!IsValue(what, value)) throw RefusedException.Of("web.overrideValue", ("value", value));
        return _workspace.Append("override", entries.Select(p => new OverrideRecord("entry",
            p.ToString(CultureInfo.InvariantCulture), what, value, reason))).Batch;
    }

    /// <summary>Sets what a rule derived to something else, for all of a flow.</summary>
    /// <param name="flow">"from|to|resource".</param>
    /// <param name="what">"category" or "factor".</param>
    /// <param name="value">As of <see cref="Override"/>.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RefusedException">web.overrideNothing, web.overrideValue.</exception>
    public long OverrideFlow(string flow, string what, string value, string reason)
    {
        if (flow.Split('|') is not [var from, var to, { Length: > 0 and <= 200 }]
            || !Node.TryParse(from, out _) || !Node.TryParse(to, out _))
            throw RefusedException.Of("web.overrideNothing");
        if (!IsValue(what, value)) throw RefusedException.Of("web.overrideValue", ("value", value));
        return _workspace.Append("override", [new OverrideRecord("flow", flow, what, value, reason)]).Batch;
    }

    /// <summary>
    /// Adds a fact that the document does not state: each entry is taken back and stands again with the fact
    /// and with who stated it.
    /// </summary>
    /// <param name="entries">Positions of the entries.</param>
    /// <param name="fact">"distance".</param>
    /// <param name="value">"80 km".</param>
    /// <param name="reason">How the person knows.</param>
    /// <returns>The position of the batch that says so.</returns>
    /// <exception cref="RefusedException">
    /// web.overrideNothing: no entry, or one that is taken back or derived. web.factValue: not a value of
    /// the fact.
    /// </exception>
    public long StateFact(IReadOnlyList<long> entries, string fact, string value, string reason)
    {
        var found = entries.Select(Record).ToList();
        if (found.Count == 0 || !found.TrueForAll(r => r is
            { Row: { Body: EntryRecord { Entry: { IsStockCount: false } entry }, ReversedBy: 0 } }
            && entry.Facts["rule"] is null)) throw RefusedException.Of("web.overrideNothing");
        if (FactOf(fact) is not { } known || !IsValueOf(known, value))
            throw RefusedException.Of("web.factValue", ("fact", fact), ("value", value));
        return _workspace.Append("override", found.SelectMany(r =>
        {
            var entry = ((EntryRecord)r!.Row.Body).Entry;
            var by = _workspace.Actor + ": " + fact;
            return (RecordBody[])[new ReversalRecord(r.Row.Position, reason, ""), new EntryRecord(entry with
            {
                Facts = entry.Facts.With(fact, value).With(Entry.StatedBy,
                    entry.Facts[Entry.StatedBy] is { } earlier ? $"{earlier}; {by}" : by),
            })];
        }), reason).Batch;
    }

    /// <summary>A fact that rules understand, or null.</summary>
    public Packs.FactName? FactOf(string name) =>
        Library.Packs.SelectMany(p => p.FactNames).FirstOrDefault(f => f.Name == name);

    /// <summary>One of the values a fact takes; with an example, an amount of the same kind.</summary>
    private static bool IsValueOf(Packs.FactName fact, string value)
    {
        if (value.Length is 0 or > 100 || value.Any(char.IsControl)) return false;
        var choices = fact.Values.Split('|');
        if (choices.Length > 1) return choices[^1] == "…" || choices.Contains(value);
        return fact.Values.Split(' ') is not [_, var like] || !Units.TryParse(like, out var unit)
            || value.Split(' ') is [var number, var other] && Amount.TryParse(number, out var amount)
            && amount.Sign >= 0 && Units.TryParse(other, out var given)
            && given.Dimension == unit.Dimension;
    }

    /// <summary>Withdraws a file: its bytes are erased for good, its hash stays.</summary>
    /// <exception cref="RefusedException">evidence.missing: no such file is kept.</exception>
    public long Withdraw(string sha256, string reason) => _workspace.Withdraw(sha256, reason).Batch;

    /// <summary>Closes a month of a site, and says what was written.</summary>
    /// <exception cref="RefusedException">close.site, close.closed, close.future.</exception>
    public Appended Close(string site, YearMonth month, string note, CancellationToken cancel) =>
        _workspace.Close(site, month, Questions.KeptAtClosing(site, new MonthSpan(month, month)), note,
            cancel);

    /// <summary>What closing a month of a site would post now.</summary>
    public IReadOnlyList<Entry> WouldPost(string site, YearMonth month) =>
        Keep($"post {site} {month}", () => _workspace.WouldPost(site, month));

    /// <summary>The time by the clock of the books.</summary>
    public Instant Time => _workspace.Now;

    /// <summary>Writes one of the files of <see cref="Store.BooksFiles.All"/>.</summary>
    internal void Export(string file, Text.Catalogue text, Stream to, CancellationToken cancel) =>
        Store.BooksFiles.Write(_workspace, file, text, to, cancel);

    /// <summary>Position of the batch that holds a record.</summary>
    public long BatchAt(long position) => _workspace.State().BatchOf(position).Position;

    /// <summary>What a closing posted.</summary>
    public IReadOnlyList<Entry> PostedBy(ClosingInForce closing) => [.. _reader.Range(
        BatchAt(closing.Position), closing.Position, int.MaxValue).Select(r => r.Body).OfType<EntryRecord>()
            .Select(r => r.Entry)];

    /// <summary>The closings in force.</summary>
    public IReadOnlyList<ClosingInForce> Closings => Keep("closings", () => _workspace.State().Closings());

    /// <summary>True when the month is over at the site.</summary>
    public bool IsOver(Site site, YearMonth month) =>
        SiteZone.Get(site.Zone).Month(month).End <= _workspace.Now;

    /// <summary>Overrides that stand and name an entry or its flow, in order.</summary>
    public IEnumerable<(long Position, OverrideRecord Override)> OverridesOf(long position, Entry entry)
    {
        var flow = $"{entry.From}|{entry.To}|{entry.Resource}";
        var own = position.ToString(CultureInfo.InvariantCulture);
        return _workspace.State().Standing<OverrideRecord>().Where(o => o.Body.Subject == "flow"
            ? o.Body.Key == flow : o.Body.Key == own);
    }

    /// <summary>Entries that stand, of one flow and over some months, in order of position.</summary>
    public IReadOnlyList<(long Position, Entry Entry)> EntriesOf(
        Node from, Node to, string resource, MonthSpan period)
    {
        var state = _workspace.State();
        var place = Registers.SiteOf(to) ?? Registers.SiteOf(from);
        var span = period.In(ZoneOf(place?.Id));
        var shapes = _reader.Shapes()
            .Where(s => s.From == from && s.To == to && IsResource(s.Resource, resource))
            .Select(s => s.Id).ToList();
        var filter = new Store.Journal.EntryFilter(Start: span.Start.ToUnixTimeSeconds(),
            End: span.End.ToUnixTimeSeconds())
        { Shapes = shapes };
        var positions = _reader.EntriesBefore(filter, long.MaxValue, MostOfAFlow).Order().ToList();
        return [.. _reader.RecordsAt(positions).Where(r => state.ReversedAt(r.Position) == 0)
            .Select(r => (r.Position, ((EntryRecord)r.Body).Entry))];
    }

    private const int MostOfAFlow = 500;

    private bool IsResource(string said, string canonical) =>
        said == canonical || Library.Resources.Find(said)?.Id == canonical;

    private bool IsValue(string what, string value) => what switch
    {
        "category" => value == "none" || value.Split('.', 2) is [var scope, var category]
            && Library.Category(scope, category) is not null,
        "factor" => Library.Factor(value) is not null,
        _ => false,
    };
}
