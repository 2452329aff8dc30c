using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using static Celadon.Tests.Packs.PacksUnderTest;

namespace Celadon.Tests.Packs;

/// <summary>Selection: the worked month of the ledger line by line, and each rule of the ladder.</summary>
public sealed class SelectionTests
{
    [Theory]
    [InlineData("natural-gas", "combustion", "kWh", "gross", "", "0.18231", "2026", "")]
    [InlineData("natural-gas", "well-to-tank", "kWh", "gross", "", "0.03021", "2026", "")]
    [InlineData("diesel", "combustion", "L", "", "", "2.58354", "2026", "VariantByDefault")]
    [InlineData("diesel", "well-to-tank", "L", "", "", "0.61101", "2026", "VariantByDefault")]
    [InlineData("electricity", "electricity-generation", "kWh", "", "", "0.13096", "2026", "")]
    [InlineData("electricity", "transmission-loss", "kWh", "", "", "0.01299", "2026", "")]
    [InlineData("electricity", "well-to-tank", "kWh", "", "", "0.03682", "2026", "")]
    [InlineData("electricity", "transmission-loss-well-to-tank", "kWh", "", "", "0.00359", "2026", "")]
    [InlineData("water-supply", "life-cycle", "m3", "", "", "0.1913", "2026", "")]
    [InlineData("freight/hgv", "transport", "tkm", "", "load=unknown", "0.10163", "2025",
        "NearestEdition VariantByDefault")]
    [InlineData("waste/commercial-and-industrial", "treatment", "t", "", "route=landfill", "520.5327",
        "2025", "NearestEdition")]
    [InlineData("travel/car", "travel", "km", "", "mode=car;fuel=unknown", "0.16725", "2025",
        "NearestEdition VariantByDefault")]
    public void September_at_Stoke(
        string resource, string basis, string unit, string calorific, string facts, string value,
        string edition, string flags)
    {
        Assert.True(Vocabulary.TryParse<FactorBasis>(basis, out var wanted));
        var request = Stoke(resource, wanted, unit, calorific == "gross" ? CalorificBasis.Gross
            : CalorificBasis.None,
            [.. facts.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(f => (f.Split('=')[0], f.Split('=')[1]))]);
        var found = Found(Library.Select(request));
        Assert.Equal((value, edition, flags), (found.Factor.Value.ToString(), found.Factor.Edition,
            string.Join(' ', found.Flags.Select(flag => flag.Kind))));
        Assert.Equal(Amount.Parse(value), Library.ValueOf(found.Factor, GwpSet.Ar5)!.Total);
    }

    [Fact]
    public void Biogenic_carbon_of_diesel_stands_apart()
    {
        var in2026 = Found(Library.Select(Stoke("diesel", FactorBasis.Combustion, "L"))).Factor;
        Assert.Equal("0.14", Library.BiogenicOf(in2026)!.Value.PerUnit.ToString());
        var in2025 = Library.Factor("uk-desnz-2025:fuels/liquid-fuels/diesel-average-biofuel-blend/litres")!;
        var (row, perUnit) = Library.BiogenicOf(in2025)!.Value;
        Assert.Equal((FactorBasis.OutsideOfScopes, row.Value!.Value), (row.Basis, perUnit));
        var gas = Library.Factor("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv")!;
        Assert.Null(Library.BiogenicOf(gas));
    }

    [Fact]
    public void Clay_is_refused_and_related_materials_are_named()
    {
        var refused = Refused(Library.Select(Stoke("clay", FactorBasis.LifeCycle, "t")));
        Assert.Equal(RefusalReason.NoFactor, refused.Reason);
        Assert.Equal(["aggregates", "bricks"], refused.Candidates.Select(c => c.Factor.Resource));
        Assert.All(refused.Candidates, c => Assert.Equal(
            (CandidateReason.RelatedResource, true),
            (c.Reason, c.Note!.Zh!.Contains("材料不同", StringComparison.Ordinal))));
        Assert.Equal("packs.refused.noFactor.near", refused.ToFinding().Code);
    }

    [Fact]
    public void A_ceramic_waste_names_the_inert_candidate()
    {
        var request = Stoke("waste/commercial-and-industrial", FactorBasis.Treatment, "t",
            CalorificBasis.None,
            ("route", "landfill"), ("ewc", "10 12 08"));
        var candidate = Assert.Single(Library.RelatedTo(request));
        Assert.Equal(("waste/aggregates", "landfill"), (candidate.Factor.Resource, candidate.Factor.Variant));
        Assert.Empty(Library.RelatedTo(request with { Facts = request.Facts.With("ewc", "20 03 01") }));
    }

    [Fact]
    public void Without_leave_the_nearest_edition_is_a_candidate_only()
    {
        var request = Stoke("freight/hgv", FactorBasis.Transport, "tkm") with { AllowNearestEdition = false };
        var refused = Refused(Library.Select(request));
        Assert.Equal(RefusalReason.Edition, refused.Reason);
        Assert.Equal(("uk-desnz-2025:freighting-goods/hgv-all-diesel/all-hgvs/average-laden/tonne-km",
            CandidateReason.OtherEdition), (refused.Candidates[0].Factor.Key, refused.Candidates[0].Reason));
    }

    /// <summary>
    /// 2024 lies as near to an edition of 2023 as to that of 2025: the earlier was known by then.
    /// </summary>
    [Fact]
    public void Of_two_editions_equally_near_the_earlier_is_taken()
    {
        var pack = Library.Pack("uk-desnz-2025")!;
        var header = pack.Header with
        {
            Id = "uk-2023",
            Edition = "2023",
            Applies = new PackApplies(AppliesBy.ReportingYear, new(2023, 1, 1), new(2024, 1, 1)),
        };
        var library = FactorLibrary.From([.. Library.Packs, pack with
        {
            Header = header, Factors = [.. pack.Factors.Select(f => f with { Pack = header })],
        }]);
        var request = Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh") with
        {
            Reporting = MonthSpan.Parse("2024"),
        };
        Assert.Equal("2023", Found(library.Select(request)).Factor.Edition);
        Assert.Equal("2025", Found(Library.Select(request)).Factor.Edition);
    }

    [Fact]
    public void Of_two_that_apply_the_one_published_last_is_taken()
    {
        var pack = Library.Pack("uk-desnz-2026")!;
        var header = pack.Header with { Id = "a-revision", Published = "2026-09-01" };
        var library = FactorLibrary.From([.. Library.Packs, pack with
        {
            Header = header, Factors = [.. pack.Factors.Select(f => f with { Pack = header })],
        }]);
        var request = Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh");
        Assert.Equal("a-revision", Found(library.Select(request)).Factor.Pack.Id);
    }

    [Theory]
    [InlineData("2025-10/2026-09", "2026")]
    [InlineData("2025-04/2026-03", "2025")]
    [InlineData("2025-07/2026-06", "2026")]
    [InlineData("2025", "2025")]
    public void UK_factors_go_by_the_year_that_holds_most_of_the_report(string reporting, string edition)
    {
        var request = Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh") with
        {
            Reporting = MonthSpan.Parse(reporting),
            Activity = MonthSpan.Parse("2025-12"),
            AllowNearestEdition = false,
        };
        Assert.Equal(edition, Found(Library.Select(request)).Factor.Edition);
    }

    [Fact]
    public void Zhejiang_in_2026_takes_its_own_2023_by_leave_and_says_so()
    {
        var request = China("CN-ZJ", "2026-09") with { AllowNearestEdition = true };
        var found = Found(Library.Select(request));
        Assert.Equal(("0.4974", "2023", "CN-ZJ"),
            (found.Factor.Value.ToString(), found.Factor.Edition, found.Factor.Place));
        Assert.Equal([new SelectionFlag(SelectionFlagKind.NearestEdition, "2026-09", "2023")], found.Flags);
        Assert.Equal(found.Factor, Found(Library.Select(request with { Place = "CN-33" })).Factor);
        Assert.Equal(RefusalReason.Edition,
            Refused(Library.Select(request with { AllowNearestEdition = false })).Reason);
    }

    [Fact]
    public void China_in_2023_needs_no_leave()
    {
        Assert.Empty(Found(Library.Select(China("CN-ZJ", "2023-05"))).Flags);
        Assert.Equal("0.5306", Found(Library.Select(China("CN", "2023-05"))).Factor.Value.ToString());
        Assert.Equal("0.5366", Found(Library.Select(China("CN", "2022-05"))).Factor.Value.ToString());
    }

    [Fact]
    public void One_transcription_is_used_only_by_name()
    {
        var request = China("CN-SD", "2022-05");
        var refused = Refused(Library.Select(request));
        Assert.Equal(RefusalReason.OneTranscription, refused.Reason);
        Assert.Contains(refused.Candidates, c => c.Factor.Key == "cn-grid:cn-grid/cn-sd/2022");
        var byName = Found(Library.Select(request with { Chosen = "cn-grid/cn-sd/2022" }));
        Assert.Equal("0.641", byName.Factor.Value.ToString());
        Assert.True(byName.Has(SelectionFlagKind.ChosenByName)
            && byName.Has(SelectionFlagKind.OneTranscription));
    }

    [Fact]
    public void A_wider_place_needs_leave_where_the_publisher_divides()
    {
        var wider = Found(Library.Select(China("CN-SD", "2023-05") with { AllowWiderPlace = true }));
        Assert.Equal(("CN-north", "0.6361"), (wider.Factor.Place, wider.Factor.Value.ToString()));
        Assert.Equal([new SelectionFlag(SelectionFlagKind.WiderPlace, "CN-SD", "CN-north")], wider.Flags);
        var nation = Found(Library.Select(China("CN-YN", "2022-05") with { AllowWiderPlace = true }));
        Assert.Equal(("CN", "0.5366"), (nation.Factor.Place, nation.Factor.Value.ToString()));
    }

    [Fact]
    public void A_nation_that_is_not_divided_serves_its_regions_without_a_flag() =>
        Assert.Empty(Found(Library.Select(
        Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh") with { Place = "GB-STE" })).Flags);

    [Fact]
    public void A_default_of_the_world_needs_leave()
    {
        var request = China("CN-ZJ", "2026-09") with
        {
            Resource = "natural-gas",
            Basis = FactorBasis.Combustion,
            Unit = Units.Parse("kWh"),
            Calorific = CalorificBasis.Net,
        };
        var refused = Refused(Library.Select(request));
        Assert.Equal(RefusalReason.Place, refused.Reason);
        Assert.Equal("ipcc-2006-fuels", refused.Candidates[0].Factor.Pack.Id);
        var found = Found(Library.Select(request with { AllowWiderPlace = true }));
        Assert.Equal(("WORLD", "TJ"), (found.Factor.Place, found.Factor.ActivityUnit.Code));
        Assert.Equal([new SelectionFlag(SelectionFlagKind.WiderPlace, "CN-ZJ", "WORLD")], found.Flags);
    }

    [Fact]
    public void Another_country_never_stands_in()
    {
        var request = Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh") with
        {
            Place = "FR",
            AllowWiderPlace = true,
        };
        var refused = Refused(Library.Select(request));
        Assert.Equal(RefusalReason.Place, refused.Reason);
        Assert.All(refused.Candidates, c => Assert.Equal(CandidateReason.OtherPlace, c.Reason));
    }

    [Fact]
    public void A_life_cycle_intensity_never_serves_scope_2()
    {
        const string grid = "uk-desnz-2026:uk-electricity/electricity-generated/electricity-uk/kwh/kwh";
        var lifeCycle = Library.Factor(grid)! with
        {
            Basis = FactorBasis.LifeCycle,
            Place = "FR",
            Id = "france",
        };
        var library = FactorLibrary.From([.. Library.Packs, new Pack
        {
            Header = lifeCycle.Pack with { Id = "own" }, Sha256 = "", Factors = [lifeCycle],
        }]);
        var request = Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh") with
        {
            Place = "FR",
            AllowWiderPlace = true,
        };
        Refused(library.Select(request));
        Assert.Equal(RefusalReason.OtherBasis, Refused(library.Select(request with { Chosen = "france" }))
            .Reason);
        Assert.DoesNotContain(Library.Packs.SelectMany(p => p.Factors), f =>
            f.Pack.Id == "electricity-intensity");
    }

    [Theory]
    [InlineData("natural-gas", "combustion", "kWh", "", RefusalReason.Calorific)]
    [InlineData("natural-gas", "combustion", "tkm", "", RefusalReason.Unit)]
    [InlineData("unobtainium", "combustion", "t", "", RefusalReason.NoFactor)]
    [InlineData("electricity", "electricity-generation", "m3", "", RefusalReason.Unit)]
    [InlineData("waste/commercial-and-industrial", "treatment", "t", "", RefusalReason.Variant)]
    [InlineData("waste/commercial-and-industrial", "treatment", "t", "closed-loop", RefusalReason.Variant)]
    [InlineData("board", "life-cycle", "t", "", RefusalReason.Variant)]
    public void What_cannot_be_known_is_refused_with_its_reason(
        string resource, string basis, string unit, string variant, RefusalReason reason)
    {
        Assert.True(Vocabulary.TryParse<FactorBasis>(basis, out var wanted));
        var request = Stoke(resource, wanted, unit) with { Variant = variant.Length == 0 ? null : variant };
        Assert.Equal(reason, Refused(Library.Select(request)).Reason);
    }

    [Fact]
    public void A_name_that_no_pack_knows_is_refused()
    {
        var request = Stoke("electricity", FactorBasis.ElectricityGeneration, "kWh");
        Assert.Equal(RefusalReason.NoSuchRow,
            Refused(Library.Select(request with { Chosen = "no/such/row" })).Reason);
    }

    [Fact]
    public void The_unit_of_the_activity_is_preferred_and_energy_keeps_its_basis()
    {
        var miles = Found(Library.Select(Stoke("travel/car", FactorBasis.Travel, "mile", default,
            ("fuel", "diesel"))));
        Assert.Equal(("mile", "average/diesel"), (miles.Factor.ActivityUnit.Code, miles.Factor.Variant));
        var net = Found(Library.Select(Stoke("natural-gas", FactorBasis.Combustion, "MWh",
            CalorificBasis.Net)));
        Assert.Equal("0.20199", net.Factor.Value.ToString());
    }

    [Theory]
    [InlineData("2026")]
    [InlineData("2024-12/2026-02")]
    public void Refusals_and_flags_read_in_both_languages(string reporting)
    {
        var request = Stoke("freight/hgv", FactorBasis.Transport, "tkm") with
        {
            Reporting = MonthSpan.Parse(reporting),
        };
        var found = Found(Library.Select(request with { Place = "GB", Reporting = MonthSpan.Parse("2026") }));
        var findings = found.Flags.Select(flag => flag.ToFinding(found.Factor))
            .Append(Refused(Library.Select(request with { Place = "FR" })).ToFinding())
            .Append(FactorLibrary.NotSplit(found.Factor, GwpSet.Ar6));
        Assert.All(findings, finding =>
            Assert.All([Text.Catalogue.English, Text.Catalogue.Chinese], catalogue =>
        {
            Assert.DoesNotContain("{", catalogue.Render(finding), StringComparison.Ordinal);
            Assert.NotEqual(finding.Code, catalogue.Render(finding));
            Assert.NotNull(catalogue.Remedy(finding));
        }));
    }

    private static FactorRequest China(string place, string month) => new(
        "electricity", FactorBasis.ElectricityGeneration, place, MonthSpan.Parse(month),
        MonthSpan.Parse(month))
    {
        Unit = Units.Parse("kWh"),
    };
}
