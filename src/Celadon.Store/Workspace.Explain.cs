using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store;

/// <summary>A row under a number, with where it came from.</summary>
/// <param name="Position">Of its record.</param>
/// <param name="Kind">"entry" or "reading".</param>
/// <param name="Flow">From → to (resource), or the meter.</param>
/// <param name="Amount">What the row says.</param>
/// <param name="Unit">In its own unit.</param>
/// <param name="Contribution">What it adds to the number, in the number's unit.</param>
/// <param name="Period">When.</param>
/// <param name="Basis">How it is known.</param>
/// <param name="File">File name, or the meter or actor that stands for it.</param>
/// <param name="Sha256">Of the file; empty when there is none.</param>
/// <param name="Sheet">Sheet of a workbook.</param>
/// <param name="Row">Row in the file; 0 for readings, whose file is read whole.</param>
/// <param name="Batch">Position of its batch.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Withdrawn">True when the file was withdrawn.</param>
public sealed record TracedLeaf(
    long Position, string Kind, string Flow, Amount Amount, string Unit, Amount Contribution, Period Period,
    string Basis, string File, string Sha256, string Sheet, int Row, long Batch, Instant At, string Actor,
    bool Withdrawn);

/// <summary>
/// A number explained: the question it belongs to, its formula and operands, and a page of its rows.
/// </summary>
/// <param name="Asked">The answer it stands in.</param>
/// <param name="Explanation">Formula and operands.</param>
/// <param name="Leaves">A page of rows.</param>
/// <param name="Skipped">How many rows stand before the page.</param>
public sealed record Explained(Asked Asked, Explanation Explanation, ImmutableArray<TracedLeaf> Leaves,
    int Skipped);

public sealed partial class Workspace
{
    /// <summary>Explains the number at a JSON Pointer of an answer.</summary>
    /// <param name="asked">The answer.</param>
    /// <param name="pointer">"/scope1/total/kgco2e"; may go on below a number with "/@/0".</param>
    /// <param name="skip">Rows to pass over.</param>
    /// <param name="take">Rows to show.</param>
    public Explained Explain(Asked asked, string pointer, int skip = 0, int take = 50)
    {
        var explanation = Explainer.Explain(asked.Answer.Report, pointer);
        var leaves = explanation.IsSummed
            ? Explainer.Leaves(explanation.Figure).Skip(skip).Take(take).ToList() : [];
        return new Explained(asked, explanation, [.. leaves.Select(leaf => Resolve(asked, leaf))], skip);
    }

    /// <summary>All rows under a number, streamed; their contributions add up to it.</summary>
    public IEnumerable<TracedLeaf> Leaves(Asked asked, string pointer)
    {
        var (_, figure) = Explainer.Find(asked.Answer.Report, pointer);
        return Explainer.IsSummed(figure.Trace)
            ? Explainer.Leaves(figure).Select(leaf => Resolve(asked, leaf)) : [];
    }

    private TracedLeaf Resolve(Asked asked, Leaf leaf)
    {
        var state = asked.Position == State().Position ? State() : StateAt(asked.Position);
        var batch = state.BatchOf(leaf.Position);
        var header = (BatchRecord)batch.Body;
        if (leaf.Meter is { } meter)
        {
            var record = state.Records.First(r => r.Position == leaf.Position).Body as ReadingsRecord;
            var file = header.Files.FirstOrDefault(f => f.Sha256 == record?.FileSha256);
            return new TracedLeaf(leaf.Position, "reading", meter, leaf.Amount, leaf.Unit, leaf.Contribution,
                leaf.Period,
                ChainFormat.NameOf(Basis.Measured), file?.Name ?? meter, record?.FileSha256 ?? "",
                record?.Sheet ?? "", 0,
                batch.Position, header.At, header.Actor, false);
        }
        var entry = ((EntryRecord)Journal.Range(leaf.Position, leaf.Position, 1).Single().Body).Entry;
        var (name, sha, sheet, row) = entry.Evidence switch
        {
            Evidence.FileRow file => (file.Name, file.Sha256, file.Sheet, file.Row),
            Evidence.MeterReadings readings => (readings.Meter, "", "", 0),
            Evidence.StatedBy stated => (stated.Actor, "", "", 0),
            _ => ("", "", "", 0),
        };
        var withdrawn = sha.Length > 0
            && state.Standing<EvidenceWithdrawnRecord>().Any(w => w.Body.Sha256 == sha);
        return new TracedLeaf(leaf.Position, "entry",
            string.Create(CultureInfo.InvariantCulture, $"{entry.From} → {entry.To} ({entry.Resource})"),
            leaf.Amount, leaf.Unit, leaf.Contribution, leaf.Period, ChainFormat.NameOf(entry.Basis), name,
            sha, sheet,
            row, batch.Position, header.At, header.Actor, withdrawn);
    }
}
