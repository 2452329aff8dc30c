
namespace Celadon.Lenses.Carbon;

/// <summary>
/// One line of each shape: which stated facts multiply and divide, with the formula's name.
/// </summary>
internal sealed class CategoryLines(FactorSource factors, string mass)
{
    private const string Prefix = "formula.carbon.category.";

    /// <summary>Quantity × factor.</summary>
    public Figure Activity(ActivityLine line, string at) => Shared("formula.quantityTimesFactor", line, at)
        .Emissions(mass);

    /// <summary>Quantity × factor, to go on with a share.</summary>
    public Multiplication Shared(string formula, ActivityLine line, string at) =>
        new Multiplication(formula, at)
        .Times("operand.quantity", line.Quantity.At(at + "/quantity"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor"));

    /// <summary>Spend ÷ price index × factor.</summary>
    public Figure Spend(SpendLine line, string at) => new Multiplication(Prefix + "spend", at)
        .Times("operand.spend", line.Spend.At(at + "/spend"))
        .Over("operand.priceIndex", line.PriceIndex?.At(at + "/priceIndex"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Goods × distance × factor.</summary>
    public Figure Distance(DistanceLine line, string at) => new Multiplication(Prefix + "distance", at)
        .Times("operand.goods", line.Goods.At(at + "/goods"))
        .Times("operand.distance", line.Distance.At(at + "/distance"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>
    /// Upstream: purchased × upstream factor. Losses: purchased × generation factor × loss rate.
    /// </summary>
    public IEnumerable<CategoryLineReport> Energy(EnergyLine line, string at)
    {
        if (line.Upstream is null && line.Generation is null
            || line.Generation is null != line.LossRate is null)
            throw Refuse.At("carbon.category.energyFactors", at);
        var purchased = line.Purchased.At(at + "/purchased");
        if (line.Upstream is { } upstream)
            yield return new CategoryLineReport(line.Name, "upstream",
                new Multiplication("formula.quantityTimesFactor", at).Times("operand.quantity", purchased)
                    .Times("operand.factor", upstream.Resolve(factors, at + "/upstream")).Emissions(mass));
        if (line.Generation is { } generation)
            yield return new CategoryLineReport(line.Name, "losses",
                new Multiplication(Prefix + "losses", at).Times("operand.quantity", purchased)
                    .Times("operand.factor", generation.Resolve(factors, at + "/generation"))
                    .Times("operand.lossRate", line.LossRate!.At(at + "/lossRate")).Emissions(mass));
    }

    /// <summary>Goods × time × factor.</summary>
    public Figure Storage(StorageLine line, string at) => new Multiplication(Prefix + "storage", at)
        .Times("operand.goods", line.Goods.At(at + "/goods"))
        .Times("operand.time", line.Time.At(at + "/time"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Total × share × factor.</summary>
    public Figure Treatment(Figure total, TreatmentLine line, string at) =>
        new Multiplication(Prefix + "treatment", at)
        .Times("operand.quantity", total)
        .Times("operand.share", line.Share.At(at + "/share"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Travellers ÷ occupancy × distance × journeys × factor.</summary>
    public Figure Travel(TravelLine line, string at) => new Multiplication(Prefix + "travel", at)
        .Times("operand.travellers", line.Travellers.At(at + "/travellers"))
        .Over("operand.perVehicle", line.Occupancy?.At(at + "/occupancy"))
        .Times("operand.distance", line.Distance.At(at + "/distance"))
        .Times("operand.journeys", line.Journeys?.At(at + "/journeys"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Travellers ÷ occupancy × one way × 2 × times a week × weeks × factor.</summary>
    public Figure Commute(CommuteLine line, string at, Measure weeks) => ThereAndBack(
        new Multiplication(Prefix + "commuting", at)
            .Times("operand.travellers", line.Travellers.At(at + "/travellers"))
            .Over("operand.perVehicle", line.Occupancy?.At(at + "/occupancy")), line.OneWay, at)
        .Times("operand.timesPerWeek", line.TimesPerWeek.At(at + "/timesPerWeek"))
        .Times("operand.weeksPerYear", weeks.At("/weeksPerYear"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Employees × share ÷ occupancy × one way × 2 × working days × factor.</summary>
    public Figure Mode(CommutingAverage spec, CommuteMode mode, string at) => ThereAndBack(
        new Multiplication(Prefix + "commutingAverage", at)
            .Times("operand.employees", spec.Employees.At("/employees"))
            .Times("operand.share", mode.Share.At(at + "/share"))
            .Over("operand.perVehicle", mode.Occupancy?.At(at + "/occupancy")), mode.OneWay, at)
        .Times("operand.workingDays", spec.WorkingDays.At("/workingDays"))
        .Times("operand.factor", mode.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Emissions × area ÷ total area.</summary>
    public Figure Lessor(LessorLine line, string at) => new Multiplication(Prefix + "lessor", at)
        .Times("operand.emissions", line.Emissions.At(at + "/emissions"))
        .Times("operand.area", line.Area.At(at + "/area"))
        .Over("operand.totalArea", line.TotalArea.At(at + "/totalArea")).Emissions(mass);

    /// <summary>Size × time × factor.</summary>
    public Figure Area(AreaLine line, string at) => new Multiplication(Prefix + "area", at)
        .Times("operand.size", line.Size.At(at + "/size"))
        .Times("operand.time", line.Time.At(at + "/time"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Scope 1 + Scope 2.</summary>
    public Figure Franchise(FranchiseLine line, string at)
    {
        var (one, two) = (Mass(line.Scope1, at + "/scope1"), Mass(line.Scope2, at + "/scope2"));
        return one.Unit == two.Unit ? Figure.Sum(one.Unit, [("operand.scope1", one), ("operand.scope2", two)])
            : throw Refuse.At("carbon.unlikeGases", at, ("units", $"{one.Unit}, {two.Unit}"));
    }

    /// <summary>Lifetime uses × sold × consumption per use × factor.</summary>
    public Figure Use(UseLine line, string at) => new Multiplication(Prefix + "use", at)
        .Times("operand.lifetimeUses", line.LifetimeUses.At(at + "/lifetimeUses"))
        .Times("operand.sold", line.Sold.At(at + "/sold"))
        .Times("operand.perUse", line.PerUse.At(at + "/perUse"))
        .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Lifetime uses × share × sold × consumption per use × factor.</summary>
    public Figure Scenario(IndirectProduct product, UseScenario line, string productAt, string at) =>
        new Multiplication(Prefix + "scenario", at)
            .Times("operand.lifetimeUses", product.LifetimeUses.At(productAt + "/lifetimeUses"))
            .Times("operand.share", line.Share.At(at + "/share"))
            .Times("operand.sold", product.Sold.At(productAt + "/sold"))
            .Times("operand.perUse", line.PerUse.At(at + "/perUse"))
            .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor")).Emissions(mass);

    /// <summary>Gas contained × sold × share released × GWP.</summary>
    public Figure Release(ReleaseLine line, string at)
    {
        Stated.Fraction(line.Released, at + "/released");
        return new Multiplication(Prefix + "release", at)
            .Times("operand.contained", line.Contained.At(at + "/contained"))
            .Times("operand.sold", line.Sold.At(at + "/sold"))
            .Times("operand.released", line.Released.At(at + "/released"))
            .Times("operand.gwp", line.Gwp.Resolve(factors, at + "/gwp")).Emissions(mass);
    }

    /// <summary>Sold × lifetime uses × emissions per use × part ÷ whole.</summary>
    public Figure Intermediate(IntermediateLine line, string at) =>
        new Multiplication(Prefix + "intermediate", at)
        .Times("operand.sold", line.Sold.At(at + "/sold"))
        .Times("operand.lifetimeUses", line.LifetimeUses.At(at + "/lifetimeUses"))
        .Times("operand.factor", line.PerUse.Resolve(factors, at + "/perUse"))
        .Times("operand.part", line.Part.At(at + "/part"))
        .Over("operand.whole", line.Whole.At(at + "/whole")).Emissions(mass);

    /// <summary>Emissions × share of equity.</summary>
    public Figure Investment(InvestmentLine line, string at)
    {
        Stated.Fraction(line.Share, at + "/share");
        return new Multiplication(Prefix + "investment", at)
            .Times("operand.emissions", line.Emissions.At(at + "/emissions"))
            .Times("operand.share", line.Share.At(at + "/share")).Emissions(mass);
    }

    /// <summary>Revenue × share of the sector × factor × share of equity.</summary>
    public Figure Sector(Investee investee, TreatmentLine line, string investeeAt, string at)
    {
        Stated.Fraction(investee.Share, investeeAt + "/share");
        return new Multiplication(Prefix + "revenue", at)
            .Times("operand.revenue", investee.Revenue.At(investeeAt + "/revenue"))
            .Times("operand.sectorShare", line.Share.At(at + "/share"))
            .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor"))
            .Times("operand.share", investee.Share.At(investeeAt + "/share")).Emissions(mass);
    }

    /// <summary>Emissions × investment ÷ project cost.</summary>
    public Figure Project(ProjectLine line, string at) => new Multiplication(Prefix + "project", at)
        .Times("operand.emissions", line.Emissions.At(at + "/emissions"))
        .Times("operand.investment", line.Investment.At(at + "/investment"))
        .Over("operand.projectCost", line.ProjectCost.At(at + "/projectCost")).Emissions(mass);

    /// <summary>Cost or revenue × factor × share.</summary>
    public Figure ProjectByCost(ProjectAverageLine line, string at)
    {
        Stated.Fraction(line.Share, at + "/share");
        return new Multiplication(Prefix + "projectByCost", at)
            .Times("operand.costOrRevenue", line.CostOrRevenue.At(at + "/costOrRevenue"))
            .Times("operand.factor", line.Factor.Resolve(factors, at + "/factor"))
            .Times("operand.share", line.Share.At(at + "/share")).Emissions(mass);
    }

    /// <summary>Emissions a year × life × share.</summary>
    public Figure ProjectLife(ProjectLifetimeLine line, string at)
    {
        Stated.Fraction(line.Share, at + "/share");
        return new Multiplication(Prefix + "projectLife", at)
            .Times("operand.emissions", line.Annual.At(at + "/annual"))
            .Times("operand.time", line.Lifetime.At(at + "/lifetime"))
            .Times("operand.share", line.Share.At(at + "/share")).Emissions(mass);
    }

    private Figure Mass(Measure emissions, string at) =>
        new Multiplication("formula.stated", at).Times("operand.emissions", emissions.At(at)).Emissions(mass);

    private static Multiplication ThereAndBack(Multiplication line, Measure oneWay, string at) => line
        .Times("operand.oneWay", oneWay.At(at + "/oneWay"))
        .Constant("operand.thereAndBack", 2,
            "GHG Protocol, Technical Guidance for Calculating Scope 3, formula 7.1");
}
