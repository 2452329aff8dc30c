using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>What must hold of a factor row beyond its cells, and between the rows of a pack.</summary>
internal static class FactorChecks
{
    /// <summary>
    /// The gas columns may differ from the total by this much: published figures are rounded apart …
    /// </summary>
    private static readonly Amount Absolute = Amount.Parse("0.0001");

    /// <summary>… or by this share of it, for large values.</summary>
    private static readonly Amount Relative = Amount.Parse("0.00001");

    /// <summary>Checks one row.</summary>
    public static void Check(Factor factor, TableReader row)
    {
        if (factor.From is { } from && factor.To is { } to && to <= from)
            row.Wrong("to", "> " + row.Text("from"));
        if (factor.Biogenic is { Sign: < 0 }) row.Wrong("biogenic", "≥ 0");
        switch (factor.Gases)
        {
            case GasColumns.Mass:
                CheckMass(factor, row);
                break;
            case GasColumns.Co2e:
                CheckSplit(factor, row);
                break;
            default:
                Must(row, "value", factor.Value is not null);
                MustNot(row, "co2", factor.Co2 is not null);
                MustNot(row, "ch4", factor.Ch4 is not null);
                MustNot(row, "n2o", factor.N2o is not null);
                MustNot(row, "methane", factor.Methane is not null);
                break;
        }
        var namesGwp = factor.Gwp is not null || factor.MixedGwp;
        if (factor.Result != FactorResult.KgCo2e) MustNot(row, "gwp", namesGwp);
        else if (factor.Gases != GasColumns.Mass && !namesGwp) row.Say("packs.empty", "gwp");
    }

    private static void CheckMass(Factor factor, TableReader row)
    {
        MustNot(row, "value", factor.Value is not null);
        MustNot(row, "gwp", factor.Gwp is not null || factor.MixedGwp);
        Must(row, "co2", factor.Co2 is not null);
        Must(row, "ch4", factor.Ch4 is not null);
        Must(row, "n2o", factor.N2o is not null);
        Must(row, "methane", factor.Methane is not null);
        if (factor.Result != FactorResult.KgCo2e) row.Wrong("result", Vocabulary.Word(FactorResult.KgCo2e));
    }

    private static void CheckSplit(Factor factor, TableReader row)
    {
        Must(row, "value", factor.Value is not null);
        Must(row, "co2", factor.Co2 is not null);
        Must(row, "ch4", factor.Ch4 is not null);
        Must(row, "n2o", factor.N2o is not null);
        Must(row, "methane", factor.Methane is not null);
        if (factor.Result != FactorResult.KgCo2e) row.Wrong("result", Vocabulary.Word(FactorResult.KgCo2e));
        if (factor is not { Value: { } total, Co2: { } co2, Ch4: { } ch4, N2o: { } n2o }) return;
        var difference = (co2 + ch4 + n2o - total).Abs();
        if (difference > Absolute && difference > Relative * total.Abs())
            row.Say("packs.sum", "value", ("total", total), ("sum", co2 + ch4 + n2o));
    }

    /// <summary>
    /// Two rows that differ only in what the file does not keep are refused: one of them would be sold as the
    /// other
    /// (a battery-electric car as the average one). Ids must differ as well.
    /// </summary>
    public static IEnumerable<Finding> Duplicates(string file, IEnumerable<Factor> factors)
    {
        var keys = new Dictionary<object, Factor>();
        var ids = new Dictionary<string, Factor>(StringComparer.Ordinal);
        foreach (var factor in factors)
        {
            var what = factor.Resource.Length > 0 ? factor.Resource : "> " + factor.Group;
            var key = (what, factor.Basis, factor.Place, factor.Variant, factor.ActivityUnit.Code,
                factor.Calorific, factor.Result, (factor.From, factor.To));
            if (!keys.TryAdd(key, factor))
                yield return Twice("packs.duplicate", "variant", keys[key], factor);
            if (!ids.TryAdd(factor.Id, factor))
                yield return Twice("packs.duplicateId", "id", ids[factor.Id], factor);
        }

        Finding Twice(string code, string column, Factor first, Factor second) =>
            Finding.Of(code, Severity.Error,
            new Place(File: file, Row: second.Row, Column: column), ("file", file), ("row", second.Row),
            ("first", first.Row), ("id", second.Id), ("firstId", first.Id),
            ("value", second.Value?.ToString() ?? ""), ("firstValue", first.Value?.ToString() ?? ""));
    }

    private static void Must(TableReader row, string column, bool filled)
    {
        if (!filled && row.Text(column).Length == 0) row.Say("packs.empty", column);
    }

    private static void MustNot(TableReader row, string column, bool filled)
    {
        if (filled) row.Wrong(column, "–");
    }
}
