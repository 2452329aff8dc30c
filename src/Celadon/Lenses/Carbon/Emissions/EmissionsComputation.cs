using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Computes a line: activity, through what converts it, times one factor or one factor a gas.
/// </summary>
internal sealed class EmissionsComputation(EmissionsSpec spec, FactorSource factors)
{
    private GwpSet? _publishedSet;

    /// <summary>A line.</summary>
    /// <exception cref="Celadon.Text.RefusedException">Units, gases or GWP sets do not fit.</exception>
    public EmissionsLineReport Line(EmissionsLine line, string at)
    {
        if (line.Factor is null == line.PerGas.IsEmpty) throw Refuse.At("carbon.emissions.factor", at);
        var biogenic = line.Biogenic is null ? null
            : Times(line, at, line.Biogenic.Resolve(factors, at + "/biogenic")).Emissions(spec.Mass);
        if (line.Factor is null) return PerGas(line, at, biogenic);
        if (factors.Factor(line.Factor) is { } row) return FromRow(line, at, row, biogenic);
        var stated = line.Factor.Resolve(factors, at + "/factor");
        var emissions = Times(line, at, stated).Emissions(spec.Mass);
        var gas = CompoundUnit.Parse(stated.Unit).Gas!;
        if (gas is "CO2" or "CO2e") return new EmissionsLineReport(line.Name, emissions, [], biogenic);
        var co2e = Co2e(gas, emissions, at);
        return new EmissionsLineReport(line.Name, co2e, [new GasReport(gas, emissions, co2e)], biogenic);
    }

    private EmissionsLineReport PerGas(EmissionsLine line, string at, Figure? biogenic)
    {
        ImmutableArray<GasReport> gases =
        [
            .. Stated.Numbered(line.PerGas, at + "/perGas").Select(p =>
            {
                var mass = Times(line, at, p.Item.Resolve(factors, p.At)).Emissions(spec.Mass);
                var gas = CompoundUnit.Parse(mass.Unit).Gas!;
                if (gas == "CO2e") throw Refuse.At("carbon.emissions.perGas", p.At);
                return new GasReport(gas, mass, Co2e(gas, mass, p.At));
            }),
        ];
        if (gases.Select(g => g.Gas).Distinct().Count() < gases.Length)
            throw Refuse.At("carbon.emissions.gasTwice", at + "/perGas");
        var total = gases.All(g => g.Co2e is not null)
            ? Figure.Sum($"{spec.Mass} CO2e", [.. gases.Select(g => (g.Gas, g.Co2e!))]) : null;
        return new EmissionsLineReport(line.Name, total, gases, biogenic);
    }

    /// <summary>
    /// A pack's row, as published or under the GWP set of the spec. Gas columns of a published CO2e are CO2e
    /// already: they are shown as such and never multiplied by a GWP again.
    /// </summary>
    private EmissionsLineReport FromRow(EmissionsLine line, string at, Factor row, Figure? biogenic)
    {
        if (row.Result == FactorResult.KWh) throw Refuse.At("carbon.emissions.notEmissions", at,
            ("row", row.Key));
        biogenic ??= factors.Packs.BiogenicOf(row) is not { } apart ? null
            : Times(line, at, new Figure(apart.PerUnit, $"kg CO2/{row.ActivityUnit}{Suffix(row)}",
                FactorSource.TraceOf(apart.Row, apart.Row == row ? "biogenic" : "value")))
                    .Emissions(spec.Mass);
        if (spec.Gwp is not { } set)
        {
            OneSet(row, at);
            return new EmissionsLineReport(
                line.Name, Times(line, at, factors.Row(row.Pack.Id, row.Id, at)).Emissions(spec.Mass), [],
                    biogenic);
        }
        var value = factors.Packs.ValueOf(row, set, spec.Methane)
            ?? throw Refuse.At("carbon.emissions.notSplit", at, ("row", row.Key),
                ("set", Vocabulary.Word(set)),
                ("published", row.MixedGwp ? "mixed" : row.Gwp is { } own ? Vocabulary.Word(own) : ""));
        if (value.Origin == ValueOrigin.Published)
            return new EmissionsLineReport(line.Name,
                Times(line, at, Published(row, "value", value.Total)).Emissions(spec.Mass),
                    Split(line, at, row, value),
                biogenic);
        var gases = Split(line, at, row, value);
        return new EmissionsLineReport(line.Name,
            Figure.Sum($"{spec.Mass} CO2e", [.. gases.Select(g => (g.Gas, g.Co2e!))]), gases, biogenic);
    }

    private ImmutableArray<GasReport> Split(EmissionsLine line, string at, Factor row, FactorValue value)
    {
        if (!value.IsSplit) return [];
        (string Gas, string Column, Amount? Value)[] columns =
            [("CO2", "co2", value.Co2), ("CH4", "ch4", value.Ch4), ("N2O", "n2o", value.N2o)];
        return
        [
            .. columns.Select(c => new GasReport(c.Gas, null, Times(line, at,
                Weighted(row, c.Gas, c.Column, c.Value!.Value, value.Origin)).Emissions(spec.Mass))),
        ];
    }

    /// <summary>A gas column under the set of the answer, with the GWPs that brought it there.</summary>
    private Figure Weighted(Factor row, string gas, string column, Amount value, ValueOrigin origin)
    {
        var unit = $"kg CO2e/{row.ActivityUnit}{Suffix(row)}";
        if (origin == ValueOrigin.Published || (gas == "CO2" && origin == ValueOrigin.Reweighted))
            return Published(row, column, value);
        var resource = FactorSource.ResourceOf(gas);
        var to = factors.Gwp(resource, spec.Gwp!.Value, spec.Methane ?? row.Methane, "/gwp");
        var own = gas switch { "CO2" => row.Co2, "CH4" => row.Ch4, _ => row.N2o };
        var source = new Operand("operand.factor", new Figure(own!.Value,
            origin == ValueOrigin.FromMasses ? $"kg {gas}/{row.ActivityUnit}{Suffix(row)}" : unit,
            FactorSource.TraceOf(row, column)));
        if (origin == ValueOrigin.FromMasses)
            return new Figure(value, unit, new Trace.Product("formula.carbon.massTimesGwp",
                [source, new Operand("operand.gwp", to)]));
        var from = factors.Gwp(resource, row.Gwp!.Value, row.Methane, "/gwp");
        return new Figure(value, unit, new Trace.Formula("formula.carbon.reweighted",
            [source, new Operand("operand.gwpPublished", from), new Operand("operand.gwp", to)]));
    }

    private static Figure Published(Factor row, string column, Amount value) =>
        new(value, FactorSource.UnitOf(row), FactorSource.TraceOf(row, column));

    private static string Suffix(Factor row) => FactorSource.UnitOf(row)[row.UnitText.Length..];

    /// <summary>Without a chosen set all rows must have been published under one.</summary>
    private void OneSet(Factor row, string at)
    {
        if (row.Gwp is not { } set) return;
        if (_publishedSet is { } other && other != set)
            throw Refuse.At("carbon.emissions.gwpSets", at,
                ("sets", $"{Vocabulary.Word(other)}, {Vocabulary.Word(set)}"));
        _publishedSet = set;
    }

    private Figure? Co2e(string gas, Figure mass, string at) => spec.Gwp is not { } set ? null
        : Figure.Product($"{spec.Mass} CO2e", "formula.carbon.massTimesGwp",
            new Operand("operand.emissions", mass),
            new Operand("operand.gwp",
                factors.Gwp(FactorSource.ResourceOf(gas), set, spec.Methane, at)));

    /// <summary>
    /// Activity × (or ÷) each conversion × factor. A conversion divides where only that leads to the
    /// factor's unit.
    /// </summary>
    private Multiplication Times(EmissionsLine line, string at, Figure factor)
    {
        var activity = line.Activity.At(at + "/activity");
        var steps = Stated.Numbered(line.Through, at + "/through")
            .Select(t => t.Item.Resolve(factors, t.At)).ToList();
        return Conversions.Reach("formula.quantityTimesFactor", at, activity, steps, spec.Mass, factor);
    }
}
