using System.Collections.Frozen;
using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Packs;

/// <summary>The kinds of table, each with its fixed columns, and how a row of each is read.</summary>
internal static class Tables
{
    /// <summary>The columns of each kind, in order. docs/packs.md says what they mean.</summary>
    public static readonly FrozenDictionary<string, string[]> Columns = new Dictionary<string, string>
    {
        ["factors"] =
            "id,resource,basis,place,variant,name_en,name_zh,group,activity_unit,calorific,result,"
            + "gases,value,co2,ch4,n2o,biogenic,gwp,methane,scope,category,data_year,published,from,to,"
            + "status,source",
        ["gwp"] = "set,gas,origin,name_en,name_zh,value,published,status,source",
        ["blends"] = "blend,component,fraction,counted,status,source",
        ["resources"] = "id,kind,name_en,name_zh,unit,variants,aliases,status,source",
        ["places"] = "id,kind,parent,name_en,name_zh,aliases,status,source",
        ["related"] = "resource,related,basis,when,note_en,note_zh,status,source",
        ["calorific-values"] =
            "id,resource,variant,property,place,name_en,name_zh,value,numerator,denominator,"
            + "calorific,method,status,source",
        ["rules"] =
            "id,set,order,from,to,kind,resource,when,outcome,scope,category,basis,factor,quantity,"
            + "required,question,title_en,title_zh,status,source",
        ["categories"] =
            "scope,category,title_en,title_zh,iso,iso_alternative,iso_title_en,iso_title_zh,status,"
            + "source",
        ["facts"] = "name,values,title_en,title_zh,status,source",
        ["intensity"] =
            "code,place,kind,name_en,name_zh,year,intensity,generation,coal,gas,oil,nuclear,hydro,"
            + "wind,solar,status,source",
        ["uncertainties"] = "factor,gas,lower,upper,status,source",
        ["values"] = "id,name_en,name_zh,value,unit,status,source",
        ["days"] = "place,date,kind,name_en,name_zh,status,source",
        ["indicators"] =
            "id,order,group,alias,identifier,unit_group,name_en,name_zh,unit,status,source",
        ["characterisation"] =
            "id,use,categories,gas,origin,cas,names,compartments,note_en,note_zh,status,source",
        ["impact-categories"] = "id,order,name_en,name_zh,unit,direction,status,source",
        ["compartments"] = "id,patterns,status,source",
        ["criteria"] = "id,order,stage,name_en,name_zh,status,source",
        ["substances"] = "id,list,cas,name_en,name_zh,limit,substitute_en,substitute_zh,status,source",
        ["substance-members"] = "id,group,cas,name_en,name_zh,status,source",
        ["substitutes"] =
            "id,substance,use_en,use_zh,name_en,name_zh,cas,standing,caveat_en,caveat_zh,status,source,"
            + "links,published",
        ["bands"] =
            "order,group,tier,colour,name_en,name_zh,lower,upper,unit,decimals,rounding,status,source",
    }.Concat(Lci.LciTables.Columns)
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(','), StringComparer.Ordinal);

    private static readonly string[] Sources = ["coal", "gas", "oil", "nuclear", "hydro", "wind", "solar"];

    /// <summary>The pack with the rows of one table added.</summary>
    public static Pack Add(Pack pack, string kind, TableReader table) => kind switch
    {
        "factors" => pack with { Factors = [.. pack.Factors, .. table.Read(Factor)] },
        "gwp" => pack with { Gwps = [.. pack.Gwps, .. table.Read(Gwp)] },
        "blends" => pack with { Blends = [.. pack.Blends, .. table.Read(Blend)] },
        "resources" => pack with { Resources = [.. pack.Resources, .. table.Read(Resource)] },
        "places" => pack with { Places = [.. pack.Places, .. table.Read(Place)] },
        "related" => pack with { Related = [.. pack.Related, .. table.Read(Related)] },
        "calorific-values" =>
            pack with { FuelProperties = [.. pack.FuelProperties, .. table.Read(FuelProperty)] },
        "rules" => pack with { Rules = [.. pack.Rules, .. table.Read(Rule)] },
        "categories" => pack with { Categories = [.. pack.Categories, .. table.Read(Category)] },
        "facts" => pack with { FactNames = [.. pack.FactNames, .. table.Read(Fact)] },
        "intensity" => pack with { Intensities = [.. pack.Intensities, .. table.Read(Intensity)] },
        "uncertainties" =>
            pack with { Uncertainties = [.. pack.Uncertainties, .. table.Read(Uncertainty)] },
        "values" => pack with { Values = [.. pack.Values, .. table.Read(Value)] },
        "days" => pack with { Days = [.. pack.Days, .. table.Read(CalendarDay)] },
        "indicators" => pack with { Indicators = [.. pack.Indicators, .. table.Read(Indicator)] },
        "characterisation" => pack with
        {
            Characterisations = [.. pack.Characterisations, .. table.Read(Characterisation)],
        },
        "impact-categories" => pack with
        {
            ImpactCategories = [.. pack.ImpactCategories, .. table.Read(ImpactCategory)],
        },
        "compartments" => pack with { Compartments = [.. pack.Compartments, .. table.Read(Compartment)] },
        "criteria" => pack with { Criteria = [.. pack.Criteria, .. table.Read(Criterion)] },
        "substances" => pack with { Substances = [.. pack.Substances, .. table.Read(Substance)] },
        "substance-members" => pack with
        {
            SubstanceMembers = [.. pack.SubstanceMembers, .. table.Read(SubstanceMember)],
        },
        "substitutes" => pack with { Substitutes = [.. pack.Substitutes, .. table.Read(Substitute)] },
        "bands" => pack with { Bands = [.. pack.Bands, .. table.Read(Band)] },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of table."),
    };

    private static Factor Factor(TableReader row)
    {
        var gwp = row.OneOf("gwp", "", "AR4", "AR5", "AR6", "mixed");
        var factor = new Factor
        {
            Pack = row.Pack,
            Row = row.Row,
            Id = row.Slug("id"),
            Resource = row.Slug("resource", required: false),
            Basis = row.Word<FactorBasis>("basis"),
            Place = row.Slug("place"),
            Variant = row.Slug("variant", required: false),
            Name = row.Name(),
            Group = row.Filled("group"),
            ActivityUnit = row.Unit("activity_unit"),
            Calorific = row.Calorific("calorific"),
            Result = row.Word<FactorResult>("result"),
            Gases = row.Word<GasColumns>("gases"),
            Value = row.Number("value"),
            Co2 = row.Number("co2"),
            Ch4 = row.Number("ch4"),
            N2o = row.Number("n2o"),
            Biogenic = row.Number("biogenic"),
            Gwp = Vocabulary.TryParse<GwpSet>(gwp, out var set) ? set : null,
            MixedGwp = gwp == "mixed",
            Methane = row.OptionalWord<MethaneOrigin>("methane"),
            Scope = row.OneOf("scope", "", "1", "2", "3", "outside"),
            Category = row.Text("category"),
            DataYear = row.Whole("data_year"),
            Published = row.Text("published"),
            From = row.Day("from"),
            To = row.Day("to"),
            Status = row.Word<FactorStatus>("status"),
            Source = row.Filled("source"),
        };
        if (row.RowFits) FactorChecks.Check(factor, row);
        return factor;
    }

    private static GwpRow Gwp(TableReader row)
    {
        var set = row.Word<GwpSet>("set");
        var gas = row.Slug("gas");
        var origin = row.OptionalWord<MethaneOrigin>("origin");
        if (gas == "methane" != origin.HasValue)
            row.Wrong("origin", gas == "methane" ? "fossil | non-fossil" : "–");
        var id = $"{Vocabulary.Word(set)}/{gas}{(origin is { } o ? "/" + Vocabulary.Word(o) : "")}";
        return new GwpRow(row.Pack, id, set, gas, origin, row.Name(), Positive(row, "value"),
            row.Word<FactorStatus>("status"), row.Filled("source"));
    }

    private static BlendRow Blend(TableReader row)
    {
        var fraction = Positive(row, "fraction");
        if (fraction > Amount.One) row.Wrong("fraction", "0 < x ≤ 1");
        return new BlendRow(row.Pack, row.Slug("blend"), row.Slug("component"), fraction,
            YesNo(row, "counted"),
            row.Word<FactorStatus>("status"), row.Filled("source"));
    }

    private static Resource Resource(TableReader row)
    {
        Known(row);
        return new Resource(row.Slug("id"), row.Word<ResourceKind>("kind"), row.Name(), row.Unit("unit"),
            row.Text("variants"), row.List("aliases"));
    }

    private static PlaceRow Place(TableReader row)
    {
        Known(row);
        var kind = row.OneOf("kind", "world", "country", "region", "province", "city");
        if (kind != "world") row.Filled("parent");
        return new PlaceRow(row.Slug("id"), kind, row.Text("parent"), row.Name(), row.List("aliases"));
    }

    private static RelatedResource Related(TableReader row)
    {
        Known(row);
        Conditions(row);
        return new RelatedResource(row.Slug("resource"), row.Slug("related"), row.Word<FactorBasis>("basis"),
            row.Text("when"), row.Name("note"));
    }

    private static FuelProperty FuelProperty(TableReader row)
    {
        var property = row.OneOf("property", "calorific-value", "density");
        var calorific = row.Calorific("calorific");
        if (property == "calorific-value" == (calorific == CalorificBasis.None))
            row.Wrong("calorific", property == "density" ? "–" : "gross | net");
        return new FuelProperty(row.Pack, row.Slug("id"), row.Slug("resource"),
            row.Slug("variant", required: false),
            property, row.Slug("place"), row.Name(), Positive(row, "value"), row.Unit("numerator"),
            row.Unit("denominator"), calorific, row.OneOf("method", "published", "derived") == "derived",
            row.Word<FactorStatus>("status"), row.Filled("source"));
    }

    private static ScopeRule Rule(TableReader row)
    {
        var outcome = row.Word<RuleOutcome>("outcome");
        var rule = new ScopeRule
        {
            Pack = row.Pack,
            Id = row.Slug("id"),
            Set = row.Slug("set"),
            Order = row.RequiredWhole("order"),
            From = Nodes(row, "from"),
            To = Nodes(row, "to"),
            Kinds = row.Words("kind", Kind, string.Join(" | ", Vocabulary.WordsOf<ResourceKind>())),
            Resource = row.Slug("resource", required: false),
            When = Conditions(row),
            Outcome = outcome,
            Scope = row.OneOf("scope", "", "1", "2", "3", "outside", "removals", "captured"),
            Category = row.Text("category"),
            Basis = row.OptionalWord<FactorBasis>("basis"),
            Factor = row.Text("factor"),
            Quantity = row.OptionalWord<RuleQuantity>("quantity") ?? RuleQuantity.Amount,
            Required = YesNo(row, "required"),
            Question = row.Text("question"),
            Title = row.Name("title"),
            Status = row.Word<FactorStatus>("status"),
            Source = row.Filled("source"),
        };
        if (outcome == RuleOutcome.None) return rule;
        row.Filled("scope");
        row.Filled("category");
        row.Filled("basis");
        if (outcome == RuleOutcome.Line) row.Filled("factor");
        else row.Filled("question");
        return rule;
    }

    private static InventoryCategory Category(TableReader row) => new(
        row.OneOf("scope", "1", "2", "3", "outside", "removals", "captured"), row.Slug("category"),
        row.Name("title"),
        row.OneOf("iso", "", "1", "2", "3", "4", "5", "6"),
        row.OneOf("iso_alternative", "", "1", "2", "3", "4", "5", "6"),
        new Name(row.Text("iso_title_en"), row.Text("iso_title_zh")), row.Word<FactorStatus>("status"),
        row.Filled("source"));

    private static FactName Fact(TableReader row)
    {
        Known(row);
        return new FactName(row.Slug("name"), row.Text("values"), row.Name("title"));
    }

    private static IntensityRow Intensity(TableReader row)
    {
        Known(row);
        var bySource = ImmutableSortedDictionary.CreateBuilder<string, Amount>(StringComparer.Ordinal);
        foreach (var source in Sources)
            if (row.Number(source) is { } twh) bySource.Add(source, twh);
        return new IntensityRow(row.Pack, row.Filled("code"), row.Text("place"),
            row.OneOf("kind", "country", "aggregate") == "country", row.Name(), row.RequiredWhole("year"),
            row.RequiredNumber("intensity"), row.Number("generation"), bySource.ToImmutable(), row.Row);
    }

    private static IntensityBand Band(TableReader row)
    {
        Known(row);
        row.OneOf("unit", "kgCO2/kWh");
        row.OneOf("rounding", "half-even");
        return new IntensityBand(row.Pack, row.RequiredWhole("order"), row.Filled("group"),
            row.Filled("tier"),
            row.Filled("colour"), row.Name(), row.Number("lower"), row.Number("upper"),
            row.RequiredWhole("decimals"),
            row.Filled("source"));
    }

    /// <summary>
    /// Every row says how it came to be known and where it stands, also where nothing keeps it.
    /// </summary>
    private static void Known(TableReader row)
    {
        row.Word<FactorStatus>("status");
        row.Filled("source");
    }

    private static Amount Positive(TableReader row, string column)
    {
        var value = row.RequiredNumber(column);
        if (value.Sign <= 0) row.Wrong(column, "> 0");
        return value;
    }

    private static bool YesNo(TableReader row, string column) => row.OneOf(column, "yes", "no") == "yes";

    private static ImmutableArray<NodeKind> Nodes(TableReader row, string column) => row.Words(column,
        text => Node.TryParse(text, out var node) ? node.Kind : (NodeKind?)null,
        string.Join(" | ", Node.KindNames));

    private static ResourceKind? Kind(string text) =>
        Vocabulary.TryParse<ResourceKind>(text, out var kind) ? kind : null;

    private static ImmutableArray<RuleCondition> Conditions(TableReader row)
    {
        if (RuleCondition.Parse(row.Text("when")) is { } conditions) return conditions;
        row.Wrong("when", "fact=value|value*;!fact");
        return [];
    }


    private static FactorUncertainty Uncertainty(TableReader row)
    {
        var (lower, upper) = (row.RequiredNumber("lower"), row.RequiredNumber("upper"));
        if (lower.Sign < 0 || upper <= lower) row.Wrong("upper", "0 ≤ lower < upper");
        return new FactorUncertainty(row.Pack, row.Slug("factor"), row.OneOf("gas", "", "co2"), lower, upper,
            row.Word<FactorStatus>("status"), row.Filled("source"));
    }

    private static RuleValue Value(TableReader row) => new(
        row.Pack, row.Slug("id"), row.Name(), row.RequiredNumber("value"), row.Text("unit"),
        row.Word<FactorStatus>("status"), row.Filled("source"));

    private static IndicatorRow Indicator(TableReader row) => new(
        row.Pack, row.Slug("id"), row.RequiredWhole("order"),
        row.OneOf("group", "core", "resources", "waste", "output"), row.Filled("alias"),
        row.Filled("identifier"), row.Filled("unit_group"), row.Name(), row.Filled("unit"),
        row.Word<FactorStatus>("status"), row.Filled("source"));

    private static CharacterisationRow Characterisation(TableReader row)
    {
        var use = row.Word<FlowUse>("use");
        var gas = row.Slug("gas", required: use == FlowUse.Factor);
        if (use == FlowUse.Factor) row.Filled("categories");
        var cas = row.Text("cas");
        if (cas.Length > 0 && !(CasNumber.IsWritten(cas) && CasNumber.Checks(cas)))
            row.Wrong("cas", "124-38-9");
        row.Filled("names");
        row.Filled("compartments");
        return new CharacterisationRow(row.Pack, row.Slug("id"), use, row.List("categories"), gas,
            row.OptionalWord<MethaneOrigin>("origin"), cas, row.List("names"), row.List("compartments"),
            row.Text("note_en").Length > 0 || row.Text("note_zh").Length > 0 ? row.Name("note") : null,
            row.Word<FactorStatus>("status"), row.Filled("source"));
    }

    private static ImpactCategoryRow ImpactCategory(TableReader row) => new(
        row.Pack, row.Slug("id"), row.RequiredWhole("order"), row.Name(), row.Filled("unit"),
        row.Word<Direction>("direction"), row.Word<FactorStatus>("status"),
        row.Filled("source"));

    private static CompartmentRow Compartment(TableReader row)
    {
        Known(row);
        row.Filled("patterns");
        return new CompartmentRow(row.Slug("id"), row.List("patterns"));
    }

    private static CriterionRow Criterion(TableReader row) => new(
        row.Pack, row.Slug("id"), row.RequiredWhole("order"), row.OneOf("stage", "materials", "manufacture",
            "distribution", "use", "durability", "end-of-life"), row.Name(), row.Word<FactorStatus>("status"),
        row.Filled("source"));

    private static SubstanceRow Substance(TableReader row) => new(
        row.Pack, row.Slug("id"), row.Slug("list"), row.Slug("cas"), row.Name(), row.RequiredNumber("limit"),
        row.Text("substitute_en").Length > 0 || row.Text("substitute_zh").Length > 0
            ? row.Name("substitute") : null,
        row.Word<FactorStatus>("status"), row.Filled("source"));

    private static SubstanceMember SubstanceMember(TableReader row) => new(
        row.Pack, row.Slug("id"), row.Slug("group"), row.Slug("cas"), row.Name(),
        row.Word<FactorStatus>("status"), row.Filled("source"));

    private static SubstituteRow Substitute(TableReader row)
    {
        var cas = row.Text("cas");
        if (cas.Length > 0 && !(CasNumber.IsWritten(cas) && CasNumber.Checks(cas)))
            row.Wrong("cas", "166412-78-8");
        // A page links to them: nothing but a plain address of the web may stand there.
        row.Filled("links");
        var links = row.List("links");
        if (links.Any(link => !Uri.TryCreate(link, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0))
            row.Wrong("links", "https://…|https://…");
        var published = row.Text("published");
        if (published.Length > 0 && !IsDate(published)) row.Wrong("published", "2026-01-31 | 2026-01 | 2026");
        return new SubstituteRow(row.Pack, row.Slug("id"), row.Slug("substance"), row.Name("use"), row.Name(),
            cas, row.Word<SubstituteStanding>("standing"), row.Name("caveat"),
            row.Word<FactorStatus>("status"), row.Filled("source"), links, published);
    }

    /// <summary>True for a year, month or day.</summary>
    private static bool IsDate(string text) => text.Length is 4 or 7 or 10 && NodaTime.Text.LocalDatePattern
        .Iso.Parse(text + "0001-01-01"[text.Length..]).Success;

    private static CalendarDay CalendarDay(TableReader row)
    {
        var date = row.Day("date");
        if (date is null) row.Filled("date");
        return new CalendarDay(row.Pack, row.Slug("place"), date.GetValueOrDefault(),
            row.OneOf("kind", "holiday", "worked") == "worked", row.Name(), row.Word<FactorStatus>("status"),
            row.Filled("source"));
    }
}
