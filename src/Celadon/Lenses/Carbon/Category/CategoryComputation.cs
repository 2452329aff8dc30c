using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Computes the groups and lines of a method. Lines of one shape stand in <see cref="CategoryLines"/>.
/// </summary>
/// <param name="factors">For factors named by a pack's row.</param>
/// <param name="mass">Unit of mass of the results.</param>
internal sealed class CategoryComputation(FactorSource factors, string mass)
{
    private readonly CategoryLines _lines = new(factors, mass);

    /// <summary>The groups of a spec; at least one, each with at least one line.</summary>
    public ImmutableArray<CategoryGroupReport> Groups(CategorySpec spec) => spec switch
    {
        Hybrid s => Each(s.Suppliers, "/suppliers", x => x.Name, Supplier),
        DistributionSite s => Each(s.Facilities, "/facilities", x => x.Name, Facility),
        LeasedAsset s => Each(s.Assets, "/assets", x => x.Name, Building),
        UseIndirect s => Each(s.Products, "/products", x => x.Name, Indirect),
        InvestmentAverage s => Each(s.Investees, "/investees", x => x.Name, ByRevenue),
        EndOfLife s => Each(s.Products, "/products", x => x.Name,
            (x, at) => Treated(x.Mass, at + "/mass", x.Treatments, at + "/treatments")),
        WasteAverage s => [Group("", Treated(s.Total, "/total", s.Treatments, "/treatments"))],
        TransportAllocation s => [Group("", Allocated(s))],
        CommutingAverage s => [Group("", Commuters(s))],
        _ => [Group("", Flat(spec))],
    };

    private IEnumerable<CategoryLineReport> Flat(CategorySpec spec) => spec switch
    {
        SupplierSpecific s => Activities(s.Lines, "/lines"),
        AverageData s => Activities(s.Lines, "/lines"),
        FuelBased s => Activities(s.Lines, "/lines"),
        WasteType s => Activities(s.Lines, "/lines"),
        UseFuels s => Activities(s.Lines, "/lines"),
        ProcessingSite s => Activities(s.Lines, "/lines", "", s.Share, "/share"),
        SpendBased s => All(s.Lines, "/lines", _lines.Spend),
        FuelAndEnergy s => Numbered(s.Lines, "/lines").SelectMany(l => _lines.Energy(l.Item, l.At)),
        DistanceBased s => All(s.Lines, "/lines", _lines.Distance),
        DistributionAverage s => All(s.Lines, "/lines", _lines.Storage),
        TravelDistance s => All(s.Lines, "/lines", _lines.Travel, "travel")
            .Concat(Activities(s.Stays, "/stays", "stays")),
        CommutingDistance s => All(s.Lines, "/lines", (l, at) => _lines.Commute(l, at, s.WeeksPerYear),
            "travel")
            .Concat(Activities(s.Homeworking, "/homeworking", "homeworking")),
        LeasedLessor s => All(s.Lines, "/lines", _lines.Lessor),
        LeasedAverage s => All(s.Lines, "/lines", _lines.Area),
        FranchiseSpecific s => All(s.Lines, "/lines", _lines.Franchise),
        UseDirect s => All(s.Lines, "/lines", _lines.Use),
        UseGases s => All(s.Lines, "/lines", _lines.Release),
        UseIntermediate s => All(s.Lines, "/lines", _lines.Intermediate),
        InvestmentSpecific s => All(s.Lines, "/lines", _lines.Investment),
        ProjectSpecific s => All(s.Lines, "/lines", _lines.Project),
        ProjectAverage s => All(s.Lines, "/lines", _lines.ProjectByCost),
        ProjectLifetime s => All(s.Lines, "/lines", _lines.ProjectLife),
        _ => throw new InvalidOperationException($"No lines for {spec.GetType()}."),
    };

    private IEnumerable<CategoryLineReport> Supplier(HybridSupplier supplier, string at)
    {
        if (supplier.Remainder is { } remainder)
        {
            var stated = new[]
            {
                ("scope1And2", supplier.Scope1And2.Length), ("inputs", supplier.Inputs.Length),
                ("transport", supplier.Transport.Length), ("waste", supplier.Waste.Length),
            };
            var twice = stated.Where(p => p.Item2 > 0 && !remainder.Excludes.Contains(p.Item1))
                .Select(p => p.Item1);
            if (twice.ToList() is { Count: > 0 } parts)
                throw Refuse.At("carbon.category.doubleCount", at + "/remainder/excludes",
                    ("supplier", supplier.Name), ("parts", string.Join(", ", parts)));
        }
        return Activities(supplier.Scope1And2, at + "/scope1And2", "scope1And2")
            .Concat(Activities(supplier.Inputs, at + "/inputs", "inputs"))
            .Concat(All(supplier.Transport, at + "/transport", _lines.Distance, "transport"))
            .Concat(Activities(supplier.Waste, at + "/waste", "waste"))
            .Concat(supplier.Remainder is { } rest
                ? [new CategoryLineReport(rest.Name, "remainder", _lines.Activity(rest, at + "/remainder"))]
                    : []);
    }

    private IEnumerable<CategoryLineReport> Facility(StoreFacility store, string at) =>
        Numbered(store.Energy, at + "/energy").Select(l => new CategoryLineReport(l.Item.Name, "",
            _lines.Shared("formula.carbon.category.sharedByGoods", l.Item, l.At)
                .Times("operand.ownGoods", store.OwnGoods.At(at + "/ownGoods"))
                .Over("operand.allGoods", store.AllGoods.At(at + "/allGoods")).Emissions(mass)));

    private IEnumerable<CategoryLineReport> Building(LeasedBuilding building, string at) =>
        Numbered(building.Energy, at + "/energy").Select(l => new CategoryLineReport(l.Item.Name, "",
            _lines.Shared("formula.carbon.category.sharedByArea", l.Item, l.At)
                .Times("operand.area", building.Area.At(at + "/area"))
                .Over("operand.totalArea", building.TotalArea.At(at + "/totalArea"))
                .Over("operand.occupancy", building.Occupancy?.At(at + "/occupancy")).Emissions(mass)));

    private IEnumerable<CategoryLineReport> Indirect(IndirectProduct product, string at)
    {
        Stated.WholeOf(product.Scenarios.Select(s => s.Share), at + "/scenarios");
        return All(product.Scenarios, at + "/scenarios", (s, where) =>
            _lines.Scenario(product, s, at, where));
    }

    private IEnumerable<CategoryLineReport> ByRevenue(Investee investee, string at)
    {
        Stated.WholeOf(investee.Sectors.Select(s => s.Share), at + "/sectors");
        return All(investee.Sectors, at + "/sectors", (s, where) => _lines.Sector(investee, s, at, where));
    }

    private IEnumerable<CategoryLineReport> Treated(
        Measure total, string totalAt, ImmutableArray<TreatmentLine> treatments, string at)
    {
        Stated.WholeOf(treatments.Select(t => t.Share), at);
        return All(treatments, at, (t, where) => _lines.Treatment(total.At(totalAt), t, where));
    }

    private IEnumerable<CategoryLineReport> Commuters(CommutingAverage spec)
    {
        Stated.WholeOf(spec.Modes.Select(m => m.Share), "/modes");
        return All(spec.Modes, "/modes", (m, at) => _lines.Mode(spec, m, at));
    }

    /// <summary>
    /// Shares the run's emissions out by tonne-kilometres at 10^-12 of the result's unit, so that the parts
    /// add up.
    /// </summary>
    private IEnumerable<CategoryLineReport> Allocated(TransportAllocation spec)
    {
        var gas = CompoundUnit.Parse(spec.Emissions.Unit).Gas
            ?? throw Refuse.At("carbon.noGas", "/emissions", ("given", spec.Emissions.Unit));
        var run = new Multiplication("formula.carbon.category.run", "/emissions")
            .Times("operand.emissions", spec.Emissions.At("/emissions")).Emissions(mass);
        var work = Numbered(spec.Shipments, "/shipments").Select(s => (s.Item.Name, Figure:
            new Multiplication("formula.carbon.category.tonneKilometres", s.At)
                .Times("operand.goods", s.Item.Goods.At(s.At + "/goods"))
                .Times("operand.distance", s.Item.Distance.At(s.At + "/distance")).In("tkm"))).ToList();
        var all = Figure.Sum("tkm", work);
        if (all.Value.IsZero) throw Refuse.At("carbon.zeroDivisor", "/shipments",
            ("name", "operand.allGoods"));
        var most = work.Max(w => w.Figure.Value.Scale);
        var weights = work.Select(w => w.Figure.Value.TryGetUnscaled(most, out var n) ? n : default).ToList();
        var scale = Math.Max(Multiplication.Scale, run.Value.Scale);
        var parts = Apportion.ByLargestRemainder(run.Value, weights, scale);
        return work.Select((w, i) => new CategoryLineReport(w.Name, "", new Figure(parts[i], $"{mass} {gas}",
            new Trace.Formula("formula.carbon.category.allocated",
                [new("operand.emissions", run), new("operand.ownGoods", w.Figure),
                    new("operand.allGoods", all)]))));
    }

    private IEnumerable<CategoryLineReport> Activities(
        ImmutableArray<ActivityLine> lines, string at, string part = "", Measure? share = null,
            string shareAt = "") =>
        Numbered(lines, at).Select(l => new CategoryLineReport(l.Item.Name, part, share is null
            ? _lines.Activity(l.Item, l.At)
            : _lines.Shared("formula.carbon.category.shared", l.Item, l.At)
                .Times("operand.share", share.At(shareAt)).Emissions(mass)));

    private static IEnumerable<CategoryLineReport> All<T>(
        ImmutableArray<T> lines, string at, Func<T, string, Figure> compute, string part = "")
        where T : CategoryLine =>
        Numbered(lines, at).Select(l => new CategoryLineReport(l.Item.Name, part, compute(l.Item, l.At)));

    private static ImmutableArray<CategoryGroupReport> Each<T>(
        ImmutableArray<T> items, string at, Func<T, string> name,
        Func<T, string, IEnumerable<CategoryLineReport>> lines) =>
        [.. Numbered(items, at).Select(i => Group(name(i.Item), lines(i.Item, i.At), i.At))];

    private static CategoryGroupReport Group(string name, IEnumerable<CategoryLineReport> lines,
        string at = "")
    {
        ImmutableArray<CategoryLineReport> all = [.. lines];
        if (all.IsEmpty) throw Refuse.At("carbon.noLines", at);
        var units = all.Select(l => l.Emissions.Unit).Distinct().ToList();
        if (units.Count != 1) throw Refuse.At("carbon.unlikeGases", at, ("units", string.Join(", ", units)));
        return new CategoryGroupReport(name, all,
            Figure.Sum(units[0], [.. all.Select(l => (l.Name, l.Emissions))]));
    }

    private static IEnumerable<(T Item, string At)> Numbered<T>(ImmutableArray<T> items, string at) =>
        Stated.Numbered(items, at);
}
