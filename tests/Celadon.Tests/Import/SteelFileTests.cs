using Celadon.Quantities;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using NodaTime;

namespace Celadon.Tests.Import;

/// <summary>
/// The quarter-hours of a steel works (UCI 851): the first real file every part of Celadon stands on.
/// </summary>
public sealed class SteelFileTests
{
    private static readonly string Path =
        System.IO.Path.Combine(House.Repository.Root, "..", "shared", "data", "steel-energy.csv");

    private static ImportPlan Plan()
    {
        Assert.SkipUnless(File.Exists(Path), "skipped: ../shared/data/steel-energy.csv not present");
        return Importer.Plan([SourceFile.Open(Path)], new ImportContext { ProvedOnly = true });
    }

    [Fact]
    public void Imports_to_the_published_total_on_one_gapless_grid()
    {
        var plan = Plan();
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(Amount.Parse("959636.71"), readings.Sum);
        Assert.Equal(35_040, readings.Count);
        Assert.Equal("2018-01-01T00:00:00Z/2019-01-01T00:00:00Z", readings.Span.ToString());
        for (var i = 0; i < readings.Count; i++)
        {
            Assert.Equal(900, readings.Length[i]);
            Assert.Equal(readings.Start[0] + 900L * i, readings.Start[i]);
        }
        Assert.Equal(new RowCounts(35_041, 35_040, 0, 0, 0, 1), Assert.Single(plan.Documents).Rows);
    }

    [Fact]
    public void Midnight_labels_are_mended_and_said()
    {
        var finding = Plan().Only("import.midnight");
        Assert.Equal("365", finding.Args["count"]);
        Assert.Equal("2018-01-01 00:15", finding.Args["first"]);
        Assert.Equal("2019-01-01", finding.Args["last"]);
    }

    [Fact]
    public void Weekdays_and_weekends_add_up_to_the_published_sums()
    {
        var readings = Assert.Single(Plan().Readings);
        Amount weekday = Amount.Zero, weekend = Amount.Zero;
        for (var i = 0; i < readings.Count; i++)
        {
            var amount = Amount.From(readings.Unscaled[i], readings.Scale);
            var day = Instant.FromUnixTimeSeconds(readings.Start[i]).InUtc().DayOfWeek;
            if (day is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) weekend += amount;
            else weekday += amount;
        }
        Assert.Equal(Amount.Parse("842501.16"), weekday);
        Assert.Equal(Amount.Parse("117135.55"), weekend);
    }

    [Fact]
    public void The_carbon_column_is_a_check_that_names_exactly_47_rows()
    {
        var plan = Plan();
        var check = Assert.Single(Assert.Single(plan.Documents).Checks);
        Assert.Equal("CO2(tCO2)", check.Column);
        Assert.Equal(47, check.Rows.Length);
        Assert.Equal(Amount.Parse("3725.55"), check.Sum);
        Assert.Equal("130-146, 150-179", plan.Only("import.check.disagrees").Args["rows"]);
        // The only factor that fits the other rows: 0.45844 to 0.45852 kg/kWh, in t/kWh here.
        Assert.Equal(Amount.Parse("0.00045844"), check.FactorLow);
        Assert.Equal(Amount.Parse("0.00045852"), check.FactorHigh);
        Assert.Equal("t/kWh", check.Unit);
    }

    [Fact]
    public void A_stated_factor_of_the_check_names_the_same_rows()
    {
        Assert.SkipUnless(File.Exists(Path), "skipped: ../shared/data/steel-energy.csv not present");
        var map = ImportMap.Parse("""
            {"format":"celadon-map/1","columns":{
              "CO2(tCO2)":{"as":"check","of":"Usage_kWh","unit":"t","factor":"0.0004585"}}}
            """);
        var plan = Importer.Plan([SourceFile.Open(Path)], new ImportContext { Maps = map });
        var check = Assert.Single(Assert.Single(plan.Documents).Checks);
        Assert.Equal(47, check.Rows.Length);
        Assert.Equal(Amount.Parse("0.0004585"), check.FactorLow);
    }

    [Fact]
    public void Reactive_energy_becomes_series_of_its_own_when_the_map_names_meters()
    {
        Assert.SkipUnless(File.Exists(Path), "skipped: ../shared/data/steel-energy.csv not present");
        var map = ImportMap.Parse("""
            {"format":"celadon-map/1","zone":"Asia/Seoul","columns":{
              "Usage_kWh":{"as":"amount","meter":"W1","resource":"electricity"},
              "Lagging_Current_Reactive_Power_kVarh":
                {"as":"amount","meter":"W1-lag","resource":"reactive-lagging"},
              "Leading_Current_Reactive_Power_kVarh":
                {"as":"amount","meter":"W1-lead","resource":"reactive-leading"}}}
            """);
        var plan = Importer.Plan([SourceFile.Open(Path)], new ImportContext { Maps = map });
        Assert.Equal(["W1 959636.71 kWh", "W1-lag 456759.84 kVArh", "W1-lead 135638.04 kVArh"],
            plan.Readings.Select(r => $"{r.Meter} {r.Sum} {r.Unit}"));
        Assert.Equal("2017-12-31T15:00:00Z/2018-12-31T15:00:00Z", plan.Readings[0].Span.ToString());
    }

    [Fact]
    public void What_is_not_proved_stands_as_a_named_to_do()
    {
        var plan = Plan();
        Assert.Empty(plan.Questions);
        Assert.Equal("as-written", plan.Only("import.todo.zone").Args["used"]);
        Assert.Equal("steel-energy", plan.Only("import.todo.meter").Args["meter"]);
        Assert.Equal("29857", plan.Only("import.zero").Args["rows"]);
        Assert.DoesNotContain(plan.Findings, f => f.Severity == Celadon.Text.Severity.Error);
    }

    [Fact]
    public void The_template_of_one_import_reads_the_file_again_with_the_same_result()
    {
        Assert.SkipUnless(File.Exists(Path), "skipped: ../shared/data/steel-energy.csv not present");
        var first = Plan();
        var again = Importer.Plan([SourceFile.Open(Path)],
            new ImportContext { ProvedOnly = true, Templates = ImportMap.Parse(first.Map) });
        Assert.Equal(first.Readings[0].Unscaled, again.Readings[0].Unscaled);
        Assert.Equal(first.Readings[0].Start, again.Readings[0].Start);
        Assert.Equal(Amount.Parse("959636.71"), again.Readings[0].Sum);
    }
}
