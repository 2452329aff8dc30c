using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Registers;

// Reports live in the lenses' namespace: that is how an explanation knows what to walk into.
namespace Celadon.Lenses.Sample;

/// <summary>A small inventory with the shape of the real one and figures a person can check by hand.</summary>
public sealed record SampleReport(
    MonthSpan Period, Section Scope1, Views Scope2, Chain Scope3, ImmutableArray<SampleUnknown> Unknown,
    ImmutableArray<SampleSite> Sites, ImmutableArray<SampleEnergy> Energy)
{
    /// <summary>Gas burned at Stoke, electricity at both sites, and what stands behind them.</summary>
    public static SampleReport Of(MonthSpan period, Func<IEnumerable<Leaf>> bills)
    {
        var gas = Line("1", "Natural gas", "天然气", "stoke", "invoiced", "134647.60", "kWh", "0.18231", bills);
        var diesel = Line("1", "Diesel, average blend", "柴油（平均调和）", "stoke", "calculated", "2300", "l", "2.58354", bills)
            with { Flags = [new SampleFlag("nearest-edition", "2026", "2025")] };
        var grid = Line("2", "Electricity", "电力", "stoke", "measured", "41198.60", "kWh", "0.13096", bills);
        var china = Line("2", "Electricity", "电力", "longquan", "measured", "88210.4", "kWh", "0.5306", bills);
        var upstream = Line("3", "Natural gas", "天然气", "stoke", "invoiced", "134647.60", "kWh", "0.03021", bills);
        var travel = Line("3", "Commuting", "通勤", "stoke", "estimated", "26400", "km", "0.16725", bills);
        travel = travel with { Estimated = travel.Quantity };
        return new SampleReport(period, Section.Of([gas, diesel], false), new Views(Section.Of([grid, china], false),
            Section.Of([grid with { Label = new Name("Certificates and grid", "绿证与电网") }, china], false)),
            new Chain(Section.Of([upstream, travel], true).Total,
            [
                new Category(3, new Name("Fuel- and energy-related activities", "燃料和能源相关活动"),
                    Section.Of([upstream], false).Total, [upstream]),
                new Category(7, new Name("Employee commuting", "员工通勤"), Section.Of([travel], false).Total, [travel]),
            ]),
            [new SampleUnknown(new Name("Ball clay", "球土"), "supplier:clayworks", "stock:stoke/clay", "2026-09",
                Given("120", "t"))],
            [new SampleSite("stoke", new Name("Stoke-on-Trent", "特伦特河畔斯托克"), "GB", true),
                new SampleSite("longquan", new Name("Longquan", "龙泉"), "CN", true)],
            [new SampleEnergy("electricity", new Name("Electricity", "电力"), "stoke", Given("41198.60", "kWh"))]);
    }

    private static Figure Given(string value, string unit) => new(Amount.Parse(value), unit, new Trace.Given("/"));

    private static SampleLine Line(
        string scope, string en, string zh, string site, string basis, string quantity, string unit, string factor,
        Func<IEnumerable<Leaf>> bills)
    {
        var amount = new Figure(Amount.Parse(quantity), unit, new Trace.Rows("formula.entries", 2, bills));
        var by = new Figure(Amount.Parse(factor), $"kg CO2e/{unit}",
            new Trace.PackRow("sample-2026", "fuels/sample", "value", "Sample publisher, sample 2026, OGL"));
        return new SampleLine(scope, new Name(en, zh), site, basis, amount, null, by, new Name("Sample factor", "示例因子"),
            "sample-2026:fuels/sample", Figure.Product("kg CO2e", "formula.quantityTimesFactor",
                new Operand("operand.quantity", amount), new Operand("operand.factor", by)), []);
    }
}

/// <summary>Lines with their total.</summary>
public sealed record Section(SampleTotal? Total, ImmutableArray<SampleLine> Lines)
{
    /// <summary>The lines and their sum.</summary>
    public static Section Of(ImmutableArray<SampleLine> lines, bool partial)
    {
        var sum = Figure.Sum("kg CO2e", [.. lines.Select(l => (l.Label.En!, l.Kgco2e))]);
        return new Section(new SampleTotal(sum, new Dictionary<string, Figure> { ["co2"] = sum }.ToImmutableSortedDictionary(),
            partial), lines);
    }
}

/// <summary>A total.</summary>
public sealed record SampleTotal(Figure Kgco2e, ImmutableSortedDictionary<string, Figure> ByGas, bool Partial);

/// <summary>Both views of Scope 2.</summary>
public sealed record Views(Section Location, Section Market);

/// <summary>Scope 3.</summary>
public sealed record Chain(SampleTotal? Total, ImmutableArray<Category> Categories);

/// <summary>A category of Scope 3; the name of the property is the real report's.</summary>
public sealed record Category(
    [property: System.Text.Json.Serialization.JsonPropertyName("category")] int Number, Name Title, SampleTotal? Total, ImmutableArray<SampleLine> Lines);

/// <summary>A line.</summary>
public sealed record SampleLine(
    string Scope, Name Label, string Site, string Basis, Figure Quantity, Figure? Estimated, Figure Factor, Name FactorName,
    string FactorId, Figure Kgco2e, ImmutableArray<SampleFlag> Flags);

/// <summary>A flag of a line.</summary>
public sealed record SampleFlag(string Code, string? Wanted, string? Taken);

/// <summary>Something without a figure.</summary>
public sealed record SampleUnknown(Name Label, string From, string To, string Period, Figure Quantity);

/// <summary>A site.</summary>
public sealed record SampleSite(string Site, Name Name, string Country, bool Included);

/// <summary>Energy of a carrier.</summary>
public sealed record SampleEnergy(string Carrier, Name Name, string Site, Figure Quantity);
