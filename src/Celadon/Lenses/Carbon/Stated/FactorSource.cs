using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Resolves factors and GWPs that a spec names, and notes what a reader must know about each.
/// </summary>
/// <param name="packs">What is known about the world.</param>
/// <param name="findings">Where notes go, once a factor.</param>
internal sealed class FactorSource(FactorLibrary packs, List<Finding> findings)
{
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);

    /// <summary>The packs.</summary>
    public FactorLibrary Packs => packs;

    /// <summary>
    /// The figure of a pack's row: an emission factor as published, a calorific value or a density.
    /// </summary>
    /// <exception cref="RefusedException">
    /// No such row, or one that holds gas masses without a total.
    /// </exception>
    public Figure Row(string pack, string row, string pointer)
    {
        if (packs.Factor($"{pack}:{row}") is { } factor)
        {
            var value = factor.Value ?? throw Refuse.At("carbon.factor.masses", pointer, ("row", factor.Key));
            Note(factor);
            return new Figure(value, UnitOf(factor), TraceOf(factor, "value"));
        }
        if (packs.FuelProperties.FirstOrDefault(p => p.Pack.Id == pack && p.Id == row) is { } property)
        {
            NoteStatus(property.Status, $"{pack}:{row}");
            return new Figure(property.Value,
                $"{property.Numerator}/{property.Denominator}{Suffix(property.Calorific)}",
                new Trace.PackRow(pack, row, "value", $"{property.Pack.Citation}, {property.Source}"));
        }
        throw Refuse.At("carbon.factor.unknown", pointer, ("row", $"{pack}:{row}"),
            ("candidates", Nearest(pack, row)));
    }

    /// <summary>A number that a rule or standard sets, in the unit it is expected in.</summary>
    /// <exception cref="RefusedException">No pack in use holds it.</exception>
    public Figure Value(string id, string unit)
    {
        var value = packs.Value(id) is { } found && found.Unit == unit ? found
            : throw Refuse.At("carbon.value.unknown", "", ("id", id));
        NoteStatus(value.Status, $"{value.Pack.Id}:{id}");
        return new Figure(value.Value, unit,
            new Trace.PackRow(value.Pack.Id, id, "value", $"{value.Pack.Citation}, {value.Source}"));
    }

    /// <summary>The factor of a pack's row, when it is one; a note is made of its status.</summary>
    public Factor? Factor(FactorReference reference)
    {
        if (reference.Stated is not null
            || packs.Factor($"{reference.Pack}:{reference.Row}") is not { } factor)
            return null;
        Note(factor);
        return factor;
    }

    /// <summary>Unit of a factor with its calorific basis: "kg CO2e/kWh gross".</summary>
    public static string UnitOf(Factor factor) => factor.UnitText + Suffix(factor.Calorific);

    /// <summary>The trace of a factor's column.</summary>
    public static Trace TraceOf(Factor factor, string column) =>
        new Trace.PackRow(factor.Pack.Id, factor.Id, column, $"{factor.Pack.Citation}, {factor.Source}");

    /// <summary>The GWP of a gas or blend by canonical resource, as a factor "kg CO2e/kg".</summary>
    /// <exception cref="RefusedException">The set does not hold it.</exception>
    public Figure Gwp(string resource, GwpSet set, MethaneOrigin? origin, string pointer)
    {
        var word = Vocabulary.Word(set);
        if (resource == "methane" && origin is null) throw Refuse.At("carbon.gwp.methane", pointer);
        var value = packs.Gwp.ValueOf(resource, set, origin)
            ?? throw Refuse.At("carbon.gwp.unknown", pointer, ("gas", resource), ("set", word));
        if (value.LeavesOut) NoteOnce("carbon.gwp.leavesOut", resource, ("gas", resource));
        if (value.Parts is [{ Blend: null, Row: { } row }]) return GwpFigure(row);
        var parts = value.Parts.Where(p => p.Row is not null).Select(p => new Operand(p.Component,
            Figure.Product("kg CO2e/kg", "formula.carbon.gwpPart",
                new Operand("operand.gwp", GwpFigure(p.Row!)),
                new Operand("operand.massFraction",
                    new Figure(p.Fraction, "", new Trace.PackRow(p.Blend!.Pack.Id,
                    $"{resource}/{p.Component}", "fraction",
                        $"{p.Blend.Pack.Citation}, {p.Blend.Source}"))))));
        return new Figure(value.Value, "kg CO2e/kg",
            new Trace.Formula("formula.carbon.gwpOfBlend", [.. parts]));
    }

    /// <summary>Canonical resource of a gas as units write it: "CH4" is methane.</summary>
    public static string ResourceOf(string gas) => gas switch
    {
        "CO2" => "carbon-dioxide",
        "CH4" => "methane",
        "N2O" => "nitrous-oxide",
        "SF6" => "sulphur-hexafluoride",
        "NF3" => "nitrogen-trifluoride",
        _ => gas.ToLowerInvariant(),
    };

    private void Note(Factor factor) => NoteStatus(factor.Status, factor.Key);

    private void NoteStatus(FactorStatus status, string row)
    {
        if (status == FactorStatus.One) NoteOnce("carbon.factor.oneTranscription", row, ("row", row));
        if (status == FactorStatus.General) NoteOnce("carbon.factor.general", row, ("row", row));
    }

    private void NoteOnce(string code, string key, params (string, object)[] args)
    {
        if (_noted.Add($"{code}\n{key}")) findings.Add(Finding.Of(code, Severity.Info, null, args));
    }

    private static Figure GwpFigure(GwpRow row) => new(row.Value, "kg CO2e/kg",
        new Trace.PackRow(row.Pack.Id, row.Id, "value", $"{row.Pack.Citation}, {row.Source}"));

    private static string Suffix(CalorificBasis basis) => basis switch
    {
        CalorificBasis.Gross => " gross",
        CalorificBasis.Net => " net",
        _ => "",
    };

    /// <summary>Up to five rows of the pack that share the most of the id's words.</summary>
    private string Nearest(string pack, string row)
    {
        if (packs.Pack(pack) is not { } known) return string.Join(", ", packs.Packs.Select(p => p.Header.Id));
        var words = row.Split('/', '-').Where(w => w.Length > 1).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return string.Join(", ", known.Factors
            .OrderByDescending(f => f.Id.Split('/', '-').Count(words.Contains))
                .ThenBy(f => f.Id, StringComparer.Ordinal)
            .Take(5).Select(f => f.Key));
    }
}
