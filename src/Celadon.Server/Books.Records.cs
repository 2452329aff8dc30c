using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>Records of the journal, latest first.</summary>
    public RecordListing Records(RecordQuery query)
    {
        var state = _workspace.State();
        var shapes = _reader.Shapes();
        var filter = FilterOf(query, state, shapes);
        var others = query.Resource is null && query.Basis is null ? OthersOf(query, state) : [];
        var counts = WantsEntries(query)
            ? Keep($"counts {query with { Before = null }}", () => _reader.EntriesByShape(filter)) : [];
        var before = query.Before ?? long.MaxValue;
        var entries = counts.Count > 0 ? _reader.EntriesBefore(filter, before, query.Take + 1) : [];
        var positions = entries.Concat(others.Select(o => o.Position).Where(p => p < before))
            .OrderDescending().Take(query.Take + 1).ToList();
        var rows = _reader.RecordsAt(positions.Take(query.Take))
            .Select(r => new RecordRow(r.Position, r.Batch, r.Body, state.ReversedAt(r.Position))).ToList();
        return new RecordListing(rows, counts.Sum(c => c.Count) + others.Count,
            FacetsOf(counts, others, shapes),
            positions.Count > query.Take ? positions[query.Take - 1] : null);
    }

    /// <summary>One record with its history, or null.</summary>
    public RecordDetail? Record(long position)
    {
        var state = _workspace.State();
        if (position < 1 || _reader.Range(position, position, 1) is not [var record]) return null;
        RecordRow RowOf(PlacedRecord r) => new(r.Position, r.Batch, r.Body, state.ReversedAt(r.Position));
        RecordRow? At(long where) => where > 0 && _reader.Range(where, where, 1) is [var other]
            ? RowOf(other) : null;
        var row = RowOf(record);
        var versions = record.Body is RegisterRecord register
            ? state.Records.Where(r => r.Body is RegisterRecord v && v.Type == register.Type
                && v.Id == register.Id)
                .Select(r => r.Position).ToImmutableArray()
            : [];
        var withdrawn = record.Body is EntryRecord { Entry.Evidence: Evidence.FileRow file }
            && WithdrawnWhy(state, file.Sha256) is not null;
        return new RecordDetail(row, _reader.HashOf(position) ?? "", Batch(record.Batch)!, At(row.ReversedBy),
            record.Body is ReversalRecord reversal ? At(reversal.Target) : null, versions, withdrawn);
    }

    /// <summary>Batches, latest first, from a position downwards.</summary>
    public IReadOnlyList<BatchInfo> Batches(long? before, int take)
    {
        var state = _workspace.State();
        return [.. Enumerable.Range(0, state.Batches.Count).Reverse()
            .Where(i => before is null || state.Batches[i].Position < before).Take(take)
                .Select(i => InfoOf(state, i))];
    }

    /// <summary>One batch, or null.</summary>
    public BatchInfo? Batch(long position)
    {
        var state = _workspace.State();
        var index = state.BatchIndex(position);
        return index >= 0 && state.Batches[index].Position == position ? InfoOf(state, index) : null;
    }

    /// <summary>The files that prove something, latest first.</summary>
    public IReadOnlyList<EvidenceInfo> Evidence(int skip, int take) =>
        [.. FilesReceived().Skip(skip).Take(take)];

    /// <summary>One file, or null when its hash is not known.</summary>
    public EvidenceInfo? EvidenceOf(string sha256) => FilesReceived().FirstOrDefault(f => f.Sha256 == sha256);

    /// <summary>The bytes of a file; null when it was withdrawn or is not kept.</summary>
    /// <exception cref="RefusedException">The bytes are no longer those the hash names.</exception>
    public byte[]? EvidenceBytes(string sha256) =>
        _workspace.Evidence.Has(sha256) ? _workspace.Evidence.Get(sha256) : null;

    private List<EvidenceInfo> FilesReceived() => Keep("files", () =>
    {
        var state = _workspace.State();
        return state.Batches.SelectMany(b =>
            ((BatchRecord)b.Body).Files.Select(f => (b.Position, ((BatchRecord)b.Body).At, File: f)))
            .GroupBy(f => f.File.Sha256).Select(g => g.First()).Reverse()
            .Select(f => new EvidenceInfo(f.File.Sha256, f.File.Name, f.File.Bytes, f.At, f.Position,
                WithdrawnWhy(state, f.File.Sha256))).ToList();
    });

    private static string? WithdrawnWhy(JournalState state, string sha256) =>
        state.Standing<EvidenceWithdrawnRecord>()
        .Where(w => w.Body.Sha256 == sha256).Select(w => w.Body.Reason).FirstOrDefault();

    private BatchInfo InfoOf(JournalState state, int index)
    {
        var batch = state.Batches[index];
        var header = (BatchRecord)batch.Body;
        var last = state.LastOf(index);
        var others = state.Records.Where(r => r.Position > batch.Position && r.Position <= last).ToList();
        return new BatchInfo(batch.Position, last, header, _reader.ActorName(header.Actor) ?? header.Actor,
            last - batch.Position - others.Count, others.Select(r => r.Body).OfType<ReadingsRecord>()
                .Sum(r => r.Count),
            state.ReversedAt(batch.Position) is > 0 and var at ? state.BatchOf(at).Position : 0,
            !_workspace.IsReadOnly && state.ReversedAt(batch.Position) == 0 && header.Purpose is "import"
                or "close" or "override" or "reverse" or "withdraw");
    }

    private static bool WantsEntries(RecordQuery query) => query.Kind is null or "entry";

    private EntryFilter FilterOf(RecordQuery query, JournalState state, IReadOnlyList<FlowShape> shapes)
    {
        var registers = Registers;
        var narrowed = query.Site is not null || query.Resource is not null || query.Basis is not null;
        bool Fits(FlowShape s) => (query.Resource is null || s.Resource == query.Resource)
            && (query.Basis is null || s.Basis == query.Basis)
            && (query.Site is null || (registers.SiteOf(s.To) ?? registers.SiteOf(s.From))?.Id == query.Site);
        var period = query.Period is { } months ? months.In(ZoneOf(query.Site)) : (Period?)null;
        var filter = new EntryFilter(Start: period?.Start.ToUnixTimeSeconds(),
            End: period?.End.ToUnixTimeSeconds());
        if (query.Batch is { } batch)
            filter = filter with { First = batch, Last = state.LastOf(state.BatchIndex(batch)) };
        var proofs = query.Evidence is null && query.Text is null ? [] : _reader.Proofs();
        if (query.Evidence is { } sha)
            filter = filter with { Evidence = Ids(proofs, e => e is Evidence.FileRow f && f.Sha256 == sha) };
        if (query.Text is { } words)
        {
            // Words are looked for where entries share them: places, resource, facts; else in the names of
            // files.
            var said = shapes.Where(s => Fits(s) && Says(s, words)).Select(s => s.Id).ToList();
            if (said.Count > 0) return filter with { Shapes = said };
            filter = filter with
            {
                Evidence = Ids(proofs, e => e is Evidence.FileRow f
                && Has(f.Name, words))
            };
        }
        return narrowed ? filter with { Shapes = [.. shapes.Where(Fits).Select(s => s.Id)] } : filter;
    }

    private bool Says(FlowShape shape, string words) => Has(shape.From.ToString(), words)
        || Has(shape.To.ToString(), words)
        || Has(shape.Resource, words) || Has(shape.Facts.Text, words)
        || ResourceName(shape.Resource) is { } name && (Has(name.En, words) || Has(name.Zh, words));

    private static bool Has(string? text, string words) =>
        text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static int[] Ids(IReadOnlyList<Evidence> proofs, Func<Evidence, bool> fits) =>
        [.. Enumerable.Range(0, proofs.Count).Where(i => fits(proofs[i])).Select(i => i + 1)];

    private SiteZone ZoneOf(string? site) =>
        (site is null ? Registers.Of<Site>().FirstOrDefault() : Registers.Find<Site>(site))
        is { } found && SiteZone.Find(found.Zone) is { } zone ? zone : SiteZone.Get("Etc/UTC");

    private List<PlacedRecord> OthersOf(RecordQuery query, JournalState state)
    {
        var registers = Registers;
        var period = query.Period is { } months ? months.In(ZoneOf(query.Site)) : (Period?)null;
        bool Fits(PlacedRecord r) => (query.Kind is null || ChainFormat.NameOf(r.Body.Kind) == query.Kind)
            && (query.Batch is null || r.Batch == query.Batch)
            && (query.Evidence is null || r.Body is ReadingsRecord f && f.FileSha256 == query.Evidence)
            && (query.Text is null || r.Body is ReadingsRecord m && Has(m.Meter, query.Text)
                || r.Body is RegisterRecord v && (Has(v.Id, query.Text) || Has(v.Json, query.Text)))
            && (query.Site is null || SiteOf(r.Body, registers) == query.Site)
            && (period is not { } p || r.Body is ReadingsRecord s && s.Span.Overlaps(p)
                || r.Body is ClosingRecord c && query.Period!.Value.Contains(c.Month));
        return query.Kind == "entry" ? [] : [.. state.Records.Where(Fits)];
    }

    private static string? SiteOf(RecordBody body, RegisterSet registers) => body switch
    {
        ReadingsRecord r => registers.Find<Meter>(r.Meter)?.Site,
        ClosingRecord c => c.Site,
        RegisterRecord { Type: "site" } v => v.Id,
        _ => null,
    };

    private static IReadOnlyList<Facet> FacetsOf(
        IReadOnlyList<(int Shape, long Count)> counts, List<PlacedRecord> others,
        IReadOnlyList<FlowShape> shapes) =>
    [
        Facet.Of("kind", [.. others.Select(o => (ChainFormat.NameOf(o.Body.Kind), 1L)),
        ("entry", counts.Sum(c => c.Count))]),
        Facet.Of("resource", counts.Select(c => (shapes[c.Shape - 1].Resource, c.Count))),
        Facet.Of("basis", counts.Select(c => (ChainFormat.NameOf(shapes[c.Shape - 1].Basis), c.Count))),
    ];
}
