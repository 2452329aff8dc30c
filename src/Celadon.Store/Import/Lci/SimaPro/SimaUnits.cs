using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>Units as the files define them, each by the first of its quantity.</summary>
internal sealed class SimaUnits(LciNotes notes)
{
    private const double Tolerance = 0.01;

    private readonly Dictionary<string, UnitSize> _sizes = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Finding> _wrong = new(StringComparer.Ordinal);

    /// <summary>The size of a unit: as defined, else as its name says.</summary>
    /// <exception cref="UnusableException">Its definition contradicts its name.</exception>
    public UnitSize Of(string name) => _wrong.TryGetValue(name, out var fault)
        ? throw new UnusableException(fault)
        : _sizes.TryGetValue(name, out var size) ? size : UnitSize.Of(name);

    /// <summary>Takes a block of units: name, quantity, factor, reference unit.</summary>
    public void Take(SimaFile file, SimaBlock block)
    {
        foreach (var row in block.Rows.Where(r => !r.IsEmpty))
        {
            try
            {
                Define(file, row);
            }
            catch (UnusableException problem)
            {
                notes.Say(problem.Finding);
            }
        }
    }

    private void Define(SimaFile file, SimaRow row)
    {
        if (file.Number(row[2]) is not { } factor || factor <= 0 || row[0].Length == 0 || row[3].Length == 0)
            throw row.Wrong("Units", string.Join(' ', row.Cells));
        var size = UnitSize.Of(row[3]).Times(factor);
        if (UnitSize.Of(row[0]).Over(size) is { } ratio && Math.Abs(ratio - 1) > Tolerance)
            throw new UnusableException(_wrong[row[0]] = Finding.Of("lci.unitDiffers", Severity.Error,
                row.Place("Units"), ("file", row.File), ("at", $"Units:{row.Line}"),
                ("unit", LciNotes.Shown(row[0])), ("factor", Doubles.Write(ratio))));
        _sizes.TryAdd(row[0], size);
    }
}
