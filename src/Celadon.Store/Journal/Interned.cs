using Celadon.Ledger;
using Celadon.Quantities;
using Microsoft.Data.Sqlite;

namespace Celadon.Store.Journal;

/// <summary>
/// The shapes and evidence that entries share, with their hashed text, by id and by content.
/// </summary>
internal sealed class Interned
{
    private readonly Dictionary<ShapeKey, int> _shapeIds;
    private readonly Dictionary<(int Kind, string Ref, string Name, string Sheet, long Through),
        int> _evidenceIds;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private FlowShape[]? _shapes;
    private int _storedShapes, _storedEvidence;
    private ShapeKey _lastShape;
    private int _lastShapeId = -1, _lastEvidenceId = -1;
    private Evidence? _lastEvidence;

    private readonly record struct ShapeKey(
        Node From, Node To, string Resource, string Unit, CalorificBasis Calorific, Basis Basis,
        string Facts);

    private Interned() => (_shapeIds, _evidenceIds) = ([], []);

    private Interned(Interned other)
    {
        (_shapeIds, _evidenceIds) = (new(other._shapeIds), new(other._evidenceIds));
        (Shapes, ShapeTexts) = ([.. other.Shapes], [.. other.ShapeTexts]);
        (Evidence, EvidenceTexts) = ([.. other.Evidence], [.. other.EvidenceTexts]);
        Unreadable = [.. other.Unreadable];
        (_storedShapes, _storedEvidence) = (other._storedShapes, other._storedEvidence);
    }

    /// <summary>Shapes in order of id; the first has id 1.</summary>
    public List<FlowShape> Shapes { get; } = [];

    /// <summary>Evidence in order of id, the row left at 0; the first has id 1.</summary>
    public List<Evidence> Evidence { get; } = [];

    /// <summary>The hashed text of each shape.</summary>
    private List<byte[]?> ShapeTexts { get; } = [];

    /// <summary>The hashed text of each evidence.</summary>
    private List<byte[]> EvidenceTexts { get; } = [];

    /// <summary>Ids of shapes whose text can no longer be read: damage. Their hashed text is empty.</summary>
    public List<int> Unreadable { get; } = [];

    /// <summary>The shapes as an array that is made once.</summary>
    public FlowShape[] ShapeArray => _shapes ??= [.. Shapes];

    /// <summary>The hashed text of a shape; empty when there is no such shape or it cannot be read.</summary>
    public ReadOnlySpan<byte> ShapeText(int id) => id < 1 || id > ShapeTexts.Count ? []
        : ShapeTexts[id - 1] ??= TextOf(Shapes[id - 1]);

    /// <summary>The hashed text of evidence; empty when there is none of that id.</summary>
    public ReadOnlySpan<byte> EvidenceText(int id) =>
        id < 1 || id > EvidenceTexts.Count ? [] : EvidenceTexts[id - 1];

    /// <summary>Another to add to, while this one is read.</summary>
    public Interned Copy() => new(this);

    public static Interned Load(SqliteConnection connection) => new Interned().WithStored(connection);

    /// <summary>
    /// With what the file holds by now: this one where nothing came, else a copy, so that what was handed out
    /// never changes.
    /// </summary>
    public Interned WithStored(SqliteConnection connection)
    {
        using (var ends = new Statement(connection,
            "SELECT coalesce((SELECT max(id) FROM shape), 0), coalesce((SELECT max(id) FROM evidence), 0)"))
            if (ends.Step() && ends.Long(0) <= Shapes.Count && ends.Long(1) <= Evidence.Count) return this;
        var more = Copy();
        using (var row = new Statement(connection, "SELECT \"from\", \"to\", resource, unit, calorific, " +
            "basis, facts FROM shape WHERE id > ? ORDER BY id", Shapes.Count))
            while (row.Step()) more.AddStored(row);
        using (var row = new Statement(connection, "SELECT kind, ref, name, sheet, through FROM evidence " +
            "WHERE id > ? ORDER BY id", Evidence.Count))
            while (row.Step())
                more.Add((row.Int(0), row.Text(1), row.Text(2), row.Text(3), row.Long(4)));
        more._texts.Clear();
        (more._storedShapes, more._storedEvidence) = (more.Shapes.Count, more.Evidence.Count);
        return more;
    }

    public int ShapeOf(Entry entry, out ReadOnlySpan<byte> text)
    {
        var key = new ShapeKey(entry.From, entry.To, entry.Resource, entry.Unit, entry.Calorific, entry.Basis,
            entry.Facts.Text);
        if (_lastShapeId < 0 || !key.Equals(_lastShape))
        {
            if (!_shapeIds.TryGetValue(key, out var id)) id = Add(key, entry.Facts);
            (_lastShape, _lastShapeId) = (key, id);
        }
        text = ShapeText(_lastShapeId);
        return _lastShapeId;
    }

    public int EvidenceOf(Evidence evidence, out ReadOnlySpan<byte> text)
    {
        if (_lastEvidenceId < 0 || !SameSource(evidence, _lastEvidence!))
        {
            var key = KeyOf(evidence);
            if (!_evidenceIds.TryGetValue(key, out var id)) id = Add(key);
            (_lastEvidence, _lastEvidenceId) = (evidence, id);
        }
        text = EvidenceText(_lastEvidenceId);
        return _lastEvidenceId;
    }

    /// <summary>Writes what this append brought that was not there yet.</summary>
    public void WriteNew(SqliteConnection connection)
    {
        for (; _storedShapes < Shapes.Count; _storedShapes++)
        {
            var s = Shapes[_storedShapes];
            JournalFile.Execute(connection,
                "INSERT INTO shape(id, \"from\", \"to\", resource, unit, calorific, basis, facts) " +
                "VALUES ($id, $from, $to, $resource, $unit, $calorific, $basis, $facts)",
                ("$id", s.Id), ("$from", s.From.ToString()), ("$to", s.To.ToString()),
                ("$resource", s.Resource),
                ("$unit", s.Unit), ("$calorific", (int)s.Calorific), ("$basis", (int)s.Basis),
                ("$facts", s.Facts.Text));
        }
        for (; _storedEvidence < Evidence.Count; _storedEvidence++)
        {
            var (kind, reference, name, sheet, through) = KeyOf(Evidence[_storedEvidence]);
            JournalFile.Execute(connection, "INSERT INTO evidence(id, kind, ref, name, sheet, through) " +
                "VALUES ($id, $kind, $ref, $name, $sheet, $through)",
                ("$id", _storedEvidence + 1), ("$kind", kind), ("$ref", reference), ("$name", name),
                ("$sheet", sheet), ("$through", through));
        }
    }

    private void AddStored(Statement row)
    {
        try
        {
            var facts = Facts.Stored(row.Bytes(6));
            Add(new ShapeKey(PlaceOf(row.Text(0)), PlaceOf(row.Text(1)),
                Shared(row.Text(2)), Shared(row.Text(3)), (CalorificBasis)row.Int(4), (Basis)row.Int(5),
                facts.Text), facts);
        }
        catch (Exception e) when (e is not SqliteException)
        {
            // It keeps its number, so that the others keep theirs; no entry of it is read.
            Unreadable.Add(Shapes.Count + 1);
            Shapes.Add(new FlowShape(Shapes.Count + 1, default, default, "", "", default, default,
                Facts.None));
            ShapeTexts.Add([]);
        }
    }

    /// <summary>A place as it was written; the same place written otherwise is a change too.</summary>
    private Node PlaceOf(string text) => Node.Parse(Shared(text)) is var place && place.ToString() == text
        ? place : throw new FormatException($"'{text}' is not how a place is written.");

    /// <summary>One string for every text that is the same: a million shapes name few places.</summary>
    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out var known)) return known;
        _texts.Add(text, text);
        return text;
    }

    private static byte[] TextOf(FlowShape s) => ChainFormat.ShapeText(
        s.From, s.To, s.Resource, s.Unit, s.Calorific, s.Basis, s.Facts);

    private int Add(ShapeKey key, Facts facts)
    {
        var id = Shapes.Count + 1;
        Shapes.Add(new FlowShape(id, key.From, key.To, key.Resource, key.Unit, key.Calorific, key.Basis,
            facts));
        ShapeTexts.Add(null);
        _shapeIds.TryAdd(key, id);
        return id;
    }

    private int Add((int Kind, string Ref, string Name, string Sheet, long Through) key)
    {
        Evidence evidence = key.Kind switch
        {
            0 => new Evidence.FileRow(key.Ref, key.Name, key.Sheet, 0),
            1 => new Evidence.MeterReadings(key.Ref, key.Through),
            _ => new Evidence.StatedBy(key.Ref),
        };
        Evidence.Add(evidence);
        EvidenceTexts.Add(ChainFormat.EvidenceText(evidence));
        _evidenceIds.TryAdd(key, Evidence.Count);
        return Evidence.Count;
    }

    private static bool SameSource(Evidence a, Evidence b) => ReferenceEquals(a, b)
        || (a is Evidence.FileRow x && b is Evidence.FileRow y && x.Sha256 == y.Sha256 && x.Sheet == y.Sheet
            && x.Name == y.Name);

    private static (int Kind, string Ref, string Name, string Sheet, long Through) KeyOf(Evidence evidence) =>
        evidence switch
        {
            Evidence.FileRow file => (0, file.Sha256, file.Name, file.Sheet, 0),
            Evidence.MeterReadings meter => (1, meter.Meter, "", "", meter.Through),
            Evidence.StatedBy stated => (2, stated.Actor, "", "", 0),
            _ => throw new ArgumentException("Unknown kind of evidence.", nameof(evidence)),
        };
}
