using System.Collections.Immutable;
using System.Globalization;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>What factors and gases are worth under one GWP set, with traces down to rows of packs.</summary>
internal sealed class Valuing(FactorLibrary packs, GwpSet set, MethaneOrigin? methane)
{
    /// <summary>A factor as a pick; null where its value cannot be given under the set.</summary>
    public Pick? Of(
        Factor factor, ImmutableArray<InventoryFlag> flags, ImmutableArray<InventoryCandidate> candidates)
    {
        var origin = factor.Gases == GasColumns.None ? null : methane;
        if (packs.ValueOf(factor, set, origin) is not { } value) return null;
        var gases = GasesOf(factor, value, origin);
        var total = value.Origin == ValueOrigin.Published ? Column(factor, "value", value.Total)
            : Figure.Sum(factor.UnitText,
                [.. gases.Select(gas => ($"operand.inventory.gas.{gas.Key}", gas.Value))]);
        if (factor.Result == FactorResult.KgCo2)
            gases = Pick.Sorted([KeyValuePair.Create("co2", total)]);
        return new Pick
        {
            Id = factor.Key,
            Kind = Vocabulary.Word(factor.Basis),
            Pack = factor.Pack.Id,
            Name = factor.Name,
            Unit = factor.ActivityUnit,
            Calorific = factor.Calorific,
            Value = total,
            Gases = gases,
            Rest = RestOf(total, gases),
            Candidates = candidates,
            IsOutsideKyoto = IsOutsideKyoto(factor),
            Flags = [.. flags, .. FlagsOf(factor, value, gases)],
            OtherPacks = value.Origin == ValueOrigin.Published ? [] : [GwpPack],
        };
    }

    /// <summary>The biogenic CO2 of a factor as a pick.</summary>
    public static Pick BiogenicOf(
        Factor row, Amount perUnit, Factor of, ImmutableArray<InventoryFlag> flags) => new()
        {
            Id = row.Key,
            Kind = Vocabulary.Word(FactorBasis.OutsideOfScopes),
            Pack = row.Pack.Id,
            Name = row.Name,
            Unit = of.ActivityUnit,
            Calorific = of.Calorific,
            ResultUnit = "kg CO2",
            Flags = flags,
            Value = new Figure(perUnit, $"kg CO2/{of.ActivityUnit.Code}", new Trace.PackRow(
            row.Pack.Id, row.Id, row.Biogenic is null ? "value" : "biogenic", row.Citation)),
        };

    /// <summary>
    /// A gas or blend by its composition; null where the set does not hold it, or for gases of the Montreal
    /// Protocol, which an inventory reports apart (GHG Protocol). Escaped methane needs its origin.
    /// </summary>
    public Pick? OfGas(Resource gas, MethaneOrigin? origin, FactorBasis basis)
    {
        if (packs.Gwp.ValueOf(gas.Id, set, origin) is not { } value) return null;
        var parts = value.Parts.Where(part => part.Row is not null).ToList();
        if (parts.Exists(part => GroupOf(part.Component) == Other)) return null;
        var figures = parts.Select(part => (Gas: GroupOf(part.Component), Figure: FigureOf(part))).ToList();
        var total = figures is [var only] ? only.Figure
            : Figure.Sum(PerKg, [.. parts.Zip(figures, (part, f) => (part.Component, f.Figure))]);
        var row = parts[0].Row!;
        return new Pick
        {
            Id = string.Create(CultureInfo.InvariantCulture,
                $"{row.Pack.Id}:{Vocabulary.Word(set)}/{gas.Id}"),
            Kind = Vocabulary.Word(basis),
            Pack = row.Pack.Id,
            Name = gas.Name,
            Unit = Units.Parse("kg"),
            Value = total,
            Gases = Pick.Sorted(figures.GroupBy(f => f.Gas, StringComparer.Ordinal).Select(group =>
                KeyValuePair.Create(group.Key, group.Count() == 1 ? group.First().Figure
                    : Figure.Sum(PerKg, [.. group.Select(f => (f.Gas, f.Figure))])))),
            Flags = value.LeavesOut ? [new InventoryFlag("part-not-counted")] : [],
        };
    }

    /// <summary>The finding that a factor has no value under the set.</summary>
    public Finding NoValue(Factor factor) => FactorLibrary.NotSplit(factor, set);

    private const string Other = "other";
    private const string PerKg = "kg CO2e/kg";

    private string GwpPack => packs.Gwp.Gases.IsEmpty ? "" : packs.Gwp.Gases[0].Pack.Id;

    private static Figure FigureOf(GwpPart part)
    {
        var gwp = GwpFigure(part.Row!);
        if (part.Blend is not { } blend) return gwp;
        var fraction = new Figure(part.Fraction, "kg/kg", new Trace.PackRow(
            blend.Pack.Id, $"{blend.Blend}/{blend.Component}", "fraction",
            $"{blend.Pack.Citation}; {blend.Source}"));
        return Figure.Product(PerKg, "formula.inventory.fractionTimesGwp",
            new Operand("operand.massFraction", fraction), new Operand("operand.gwp", gwp));
    }

    private static Figure GwpFigure(GwpRow row) => new(row.Value, PerKg,
        new Trace.PackRow(row.Pack.Id, row.Id, "value", $"{row.Pack.Citation}; {row.Source}"));

    private static string GroupOf(string component) => component switch
    {
        "carbon-dioxide" => "co2",
        "methane" => "ch4",
        "nitrous-oxide" => "n2o",
        "sulphur-hexafluoride" => "sf6",
        "nitrogen-trifluoride" => "nf3",
        _ when component.StartsWith("hfc-", StringComparison.Ordinal) => "hfc",
        _ when component.StartsWith("pfc-", StringComparison.Ordinal) => "pfc",
        _ => Other,
    };

    private ImmutableSortedDictionary<string, Figure> GasesOf(
        Factor factor, FactorValue value, MethaneOrigin? origin)
    {
        if (!value.IsSplit) return Pick.Sorted([]);
        var co2 = Column(factor, "co2", value.Co2!.Value);
        if (value.Origin == ValueOrigin.Published)
            return Pick.Sorted([
                KeyValuePair.Create("co2", co2),
                KeyValuePair.Create("ch4", Column(factor, "ch4", value.Ch4!.Value)),
                KeyValuePair.Create("n2o", Column(factor, "n2o", value.N2o!.Value))]);
        var ch4 = packs.Gwp.Of("methane", set, origin ?? factor.Methane)!;
        var n2o = packs.Gwp.Of("nitrous-oxide", set)!;
        return Pick.Sorted([
            KeyValuePair.Create("co2", co2),
            KeyValuePair.Create("ch4", Weighted(factor, "ch4", factor.Ch4!.Value, value.Ch4!.Value, ch4)),
            KeyValuePair.Create("n2o", Weighted(factor, "n2o", factor.N2o!.Value, value.N2o!.Value, n2o))]);
    }

    /// <summary>A gas from its mass, or from its published CO2e taken back to mass.</summary>
    private Figure Weighted(Factor factor, string column, Amount published, Amount value, GwpRow gwp)
    {
        var own = Column(factor, column, published);
        if (factor.Gases == GasColumns.Mass)
            return Figure.Product(factor.UnitText, "formula.inventory.massTimesGwp",
                new Operand("operand.inventory.gasMass",
                    own with { Unit = $"kg/{factor.ActivityUnit.Code}" }),
                new Operand("operand.gwp", GwpFigure(gwp)));
        var before = packs.Gwp.Of(gwp.Gas, factor.Gwp!.Value, factor.Methane)!;
        return new Figure(value, factor.UnitText, new Trace.Formula("formula.inventory.reweighted",
            [new Operand("operand.inventory.published", own), new Operand("operand.gwp", GwpFigure(gwp)),
                new Operand("operand.inventory.gwpPublished", GwpFigure(before))]));
    }

    private static Figure Column(Factor factor, string column, Amount value) => new(value, factor.UnitText,
        new Trace.PackRow(factor.Pack.Id, factor.Id, column, factor.Citation));

    /// <summary>
    /// What the publisher's total holds beyond its gas columns: all of it, or a last digit of rounding.
    /// </summary>
    private static Figure? RestOf(Figure total, ImmutableSortedDictionary<string, Figure> gases)
    {
        if (gases.IsEmpty) return total;
        var rest = gases.Values.Aggregate(total.Value, (left, gas) => left - gas.Value);
        return rest.IsZero ? null
            : new Figure(rest, total.Unit, new Trace.Formula("formula.inventory.lessGases",
            [new Operand("operand.factor", total),
                .. gases.Select(gas => new Operand($"operand.inventory.gas.{gas.Key}", gas.Value))]));
    }

    private static IEnumerable<InventoryFlag> FlagsOf(
        Factor factor, FactorValue value, ImmutableSortedDictionary<string, Figure> gases)
    {
        if (factor.Result == FactorResult.KgCo2) yield return new InventoryFlag("co2-only");
        else if (gases.IsEmpty)
            yield return new InventoryFlag("not-split", null, PublishedUnder(factor));
        if (value.Origin == ValueOrigin.Reweighted)
            yield return new InventoryFlag("reweighted", null, PublishedUnder(factor));
    }

    private static string? PublishedUnder(Factor factor) =>
        factor.Gwp is { } own ? Vocabulary.Word(own) : null;

    /// <summary>
    /// Rows whose variant says that all products are counted, not those of the Kyoto basket alone.
    /// </summary>
    private static bool IsOutsideKyoto(Factor factor) => factor.Basis == FactorBasis.Fugitive
        && factor.Variant.Split('/').Contains("total");
}
