using Celadon.Ledger;
using Celadon.Quantities;
using Microsoft.Data.Sqlite;

namespace Celadon.Store.Journal;

/// <summary>
/// The shapes and evidence that entries share, with their hashed text, by id and by content.
/// </summary>
internal sealed class Interned
{
    private readonly Dictionary<ShapeKey, int> _shapeIds = [];
    private readonly Dictionary<(int Kind, string Ref, string Name, string Sheet, long Through),
        int> _evidenceIds = [];
    private int _storedShapes, _storedEvidence;
    private ShapeKey _lastShape;
    private int _lastShapeId = -1, _lastEvidenceId = -1;
    private Evidence? _lastEvidence;

    private readonly record struct ShapeKey(
        Node From, Node To, string Resource, string Unit, CalorificBasis Calorific, Basis Basis,
        string Facts);

    /// <summary>Shapes in order of id; the first has id 1.</summary>
    public List<FlowShape> Shapes { get; } = [];

    /// <summary>Evidence in order of id, the row left at 0; the first has id 1.</summary>
    public List<Evidence> Evidence { get; } = [];

    /// <summary>The hashed text of each shape.</summary>
    public List<byte[]> ShapeTexts { get; } = [];

    /// <summary>The hashed text of each evidence.</summary>
    public List<byte[]> EvidenceTexts { get; } = [];

    /// <summary>Ids of shapes whose text can no longer be read: damage. Their hashed text is empty.</summary>
    public List<int> Unreadable { get; } = [];

    public static Interned Load(SqliteConnection connection)
    {
        var interned = new Interned();
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "SELECT \"from\", \"to\", resource, unit, calorific, basis, facts FROM shape ORDER BY id";
            using var reader = command.ExecuteReader();
            while (reader.Read()) interned.AddStored(reader);
        }
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT kind, ref, name, sheet, through FROM evidence ORDER BY id";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                interned.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2),
                    reader.GetString(3),
                    reader.GetInt64(4)));
        }
        interned._storedShapes = interned.Shapes.Count;
        interned._storedEvidence = interned.Evidence.Count;
        return interned;
    }

    public int ShapeOf(Entry entry, out byte[] text)
    {
        var key = new ShapeKey(entry.From, entry.To, entry.Resource, entry.Unit, entry.Calorific, entry.Basis,
            entry.Facts.Text);
        if (_lastShapeId < 0 || !key.Equals(_lastShape))
        {
            if (!_shapeIds.TryGetValue(key, out var id)) id = Add(key, entry.Facts);
            (_lastShape, _lastShapeId) = (key, id);
        }
        text = ShapeTexts[_lastShapeId - 1];
        return _lastShapeId;
    }

    public int EvidenceOf(Evidence evidence, out byte[] text)
    {
        if (_lastEvidenceId < 0 || !SameSource(evidence, _lastEvidence!))
        {
            var key = KeyOf(evidence);
            if (!_evidenceIds.TryGetValue(key, out var id)) id = Add(key);
            (_lastEvidence, _lastEvidenceId) = (evidence, id);
        }
        text = EvidenceTexts[_lastEvidenceId - 1];
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

    private void AddStored(SqliteDataReader row)
    {
        try
        {
            Add(new ShapeKey(Node.Parse(row.GetString(0)), Node.Parse(row.GetString(1)), row.GetString(2),
                row.GetString(3), (CalorificBasis)row.GetInt32(4), (Basis)row.GetInt32(5), row.GetString(6)),
                Facts.Parse(row.GetString(6)));
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

    private int Add(ShapeKey key, Facts facts)
    {
        var id = Shapes.Count + 1;
        Shapes.Add(new FlowShape(id, key.From, key.To, key.Resource, key.Unit, key.Calorific, key.Basis,
            facts));
        ShapeTexts.Add(ChainFormat.ShapeText(
            key.From, key.To, key.Resource, key.Unit, key.Calorific, key.Basis, facts));
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
