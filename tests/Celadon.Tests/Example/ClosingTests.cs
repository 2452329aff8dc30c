using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Lci;
using Celadon.Tests.Packs.Lci;
using Celadon.Text;

namespace Celadon.Tests.Example;

/// <summary>
/// What comes after September: the gas bill put right on 9 October, the closing on 12 October, two half-hours
/// corrected on 20 October, another edition of a pack. What was answered before stays answerable, byte for
/// byte.
/// </summary>
[Collection("example")]
public sealed class ClosingTests(ExampleWorks works)
{
    private static readonly string CorrectedBill = Path.Combine(
        ExampleWorks.Source, "later/gas-2026-09-corrected.xlsx");

    private static readonly string CorrectedHalfHours = Path.Combine(
        ExampleWorks.Source, "later/stoke-m1-2026-09-correction.csv");

    [Fact]
    public void A_corrected_bill_takes_the_place_of_the_wrong_one_and_the_old_figure_stays_at_its_position()
    {
        using var books = works.Copy();
        var before = books.Head;
        var then = AnswerJson.Write(books.Ask(Stoke.SeptemberSpec));
        CorrectGas(books);
        var now = books.Ask(Stoke.SeptemberSpec);
        Assert.Equal(Expected.September.At("afterTheGasBillIsPutRight", "quantity"),
            now.At("/scope1/lines/0/quantity"));
        Assert.Equal(("125671.09", "22911.0964179"),
            (now.At("/scope1/lines/0/quantity"), now.At("/scope1/lines/0/kgco2e")));
        Assert.Equal("3796.5236289", UpstreamOfGas(now));
        var old = books.Ask(Stoke.SeptemberSpec, before);
        Assert.Equal(("24547.603956", "4067.703996"), (old.At("/scope1/lines/0/kgco2e"), UpstreamOfGas(old)));
        Assert.Equal(then, AnswerJson.Write(old));
    }

    [Fact]
    public void Closing_posts_what_the_readings_say_to_the_last_digit()
    {
        using var books = works.Copy();
        books.On(2026, 10, 12);
        var last = books.Close("stoke");
        var state = books.Workspace.State();
        var closing = Assert.IsType<ClosingRecord>(Assert.Single(state.Closings()).Closing);
        var posted = books.Workspace.StandingEntries(state).Where(e => e.Position > closing.Through)
            .Select(e => e.Entry).ToDictionary(e => e.Facts["meter"]!);
        Assert.Equal(
            ["stoke-canteen 905", "stoke-compressors 5120", "stoke-kiln 24010.2", "stoke-m1 41198.6",
                "stoke-offices 2000", "stoke-press 8300.4"],
            posted.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value.Amount}"));
        foreach (var meter in books.Workspace.Registers().Of<Meter>().Where(m => posted.ContainsKey(m.Id)))
        {
            var readings = books.Workspace.AllReadings(meter, books.Workspace.Registers())
                .Where(r => posted[meter.Id].Period.Contains(r.Period.Start)).Select(r => r.Amount).Total();
            Assert.Equal(readings, posted[meter.Id].Amount);
        }
        Assert.Equal(last, books.Head);
        Assert.Equal((Workspace.Program, state.PacksInUse().Count()),
            (closing.Program, closing.Packs.Length));
    }

    [Fact]
    public void The_kept_answer_is_the_answer_at_the_position_of_the_closing()
    {
        using var books = works.Copy();
        books.On(2026, 10, 12);
        books.Close("stoke");
        var closing = Assert.Single(books.Workspace.State().Closings()).Closing;
        var kept = Assert.Single(closing.Answers);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(books.Workspace.Kept.Get(kept.Sha256)),
            AnswerJson.Write(books.Ask(kept.Spec, closing.Through)));
        Assert.Equal(closing.HeadHash, books.Ask(kept.Spec, closing.Through).Head);
    }

    [Fact]
    public void Half_hours_corrected_after_closing_stand_on_a_line_of_their_own()
    {
        using var books = Closed(out _);
        Assert.Equal(2, CorrectHalfHours(books).Readings);
        var now = books.Ask(Stoke.SeptemberSpec);
        Assert.Equal(("41198.6", "5395.368656"),
            (now.At("/scope2/location/lines/0/quantity"), now.At("/scope2/location/total/kgco2e")));
        var line = Assert.Single(now.Report().Adjustments.Scope2.Location.Lines);
        Assert.Equal(("35.2", "kWh", "4.609792"),
            ($"{line.Quantity.Value}", line.Quantity.Unit, $"{line.Kgco2e.Value}"));
        Assert.Equal(
            (Expected.September.At("adjustmentAfterClosing", "quantity"),
                Expected.September.At("adjustmentAfterClosing", "locationKgCo2e")),
            ($"{line.Quantity.Value}", $"{line.Kgco2e.Value}"));
        var why = Explainer.Explain(now.Answer.Report, "/adjustments/scope2/location/lines/0/quantity");
        Assert.Equal("formula.adjustment", why.Formula);
        Assert.Equal(["41233.8", "41198.6"], why.Operands.Select(o => $"{o.Figure.Value}"));
    }

    [Fact]
    public void A_bill_corrected_after_closing_leaves_the_month_as_closed()
    {
        using var books = works.Copy();
        books.On(2026, 10, 8);
        books.Close("stoke");
        CorrectGas(books);
        var now = books.Ask(Stoke.SeptemberSpec);
        Assert.Equal("24547.603956", now.At("/scope1/lines/0/kgco2e"));
        var line = Assert.Single(now.Report().Adjustments.Scope1.Lines);
        Assert.Equal(("-8976.51", "-1636.5075381"), ($"{line.Quantity.Value}", $"{line.Kgco2e.Value}"));
        Assert.Equal("-271.1803671", Assert.Single(now.Report().Adjustments.Scope3.Lines).Kgco2e.Value
            .ToString());
    }

    [Fact]
    public void The_year_with_a_closed_month_adds_up_to_the_same_as_before()
    {
        using var books = works.Copy();
        var before = books.Ask(Stoke.YearSpec);
        books.On(2026, 10, 12);
        books.Close("stoke");
        var after = books.Ask(Stoke.YearSpec);
        foreach (var pointer in (string[])
            ["/scope1/total/kgco2e", "/scope2/location/total/kgco2e", "/scope2/market/total/kgco2e",
                "/scope3/total/kgco2e"])
            Assert.Equal(before.At(pointer), after.At(pointer));
        Assert.Empty(after.Report().Changes!.Value);
        Assert.Null(before.Report().Changes);
    }

    [Fact]
    public void At_the_position_of_the_closing_the_bytes_stay_whatever_comes_later()
    {
        using var books = Closed(out var closing);
        string[] specs = [Stoke.SeptemberSpec, Stoke.YearSpec];
        string[] Bytes(long at) => [.. specs.Select(spec => AnswerJson.Write(books.Ask(spec, at)))];
        var (before, asClosed) = (Bytes(closing - 20), Bytes(closing));
        void Stays()
        {
            Assert.Equal(before, Bytes(closing - 20));
            Assert.Equal(asClosed, Bytes(closing));
        }
        books.Workspace.Append("import", [Late()]);
        Stays();
        CorrectHalfHours(books);
        Stays();
        var halfHours = books.Workspace.State().Standing<ReadingsRecord>().Last().Position;
        books.Workspace.Reverse(halfHours, "sent by mistake");
        Stays();
        using var packs = OtherEdition.Make();
        books.Workspace.Adopt(packs.Source, "uk-desnz-2026");
        Stays();
        Assert.NotEqual(asClosed, Bytes(books.Head));
    }

    [Fact]
    public void Another_edition_leaves_the_closed_month_and_shows_old_new_and_why()
    {
        using var books = Closed(out var closing);
        var asClosed = books.Ask(Stoke.SeptemberSpec);
        Assert.Empty(asClosed.Report().Changes!.Value);
        using var packs = OtherEdition.Make();
        books.On(2026, 11, 2);
        books.Workspace.Adopt(packs.Source, "uk-desnz-2026");
        var now = books.Ask(Stoke.SeptemberSpec);
        Assert.Equal("22911.0964179", now.At("/scope1/lines/0/kgco2e"));
        Assert.Equal(asClosed.At("/scope1/total/kgco2e"), now.At("/scope1/total/kgco2e"));
        var change = Assert.Single(now.Report().Changes!.Value);
        Assert.Equal(("2026-09", "1", "stationary", "stoke", "natural-gas", "combustion"),
            (change.Month, change.Scope, change.Category, change.Site, change.Resource, change.Kind));
        // 125,671.09 kWh × (0.19231 − 0.18231)
        Assert.Equal(("22911.0964179", "24167.8073179", "1256.7109"),
            ($"{change.Old!.Value}", $"{change.New!.Value}", $"{change.Difference.Value}"));
        Assert.Equal([InventoryChangeReason.FactorValue], change.Why);
        Assert.Equal(("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv = 0.18231",
                "uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv = 0.19231"),
            (change.OldFactor, change.NewFactor));
        Assert.Equal(new Trace.Registered("closing", "stoke/2026-09", "kgco2e", closing), change.Old.Trace);
        Assert.Single(now.Answer.Findings, f => f.Code == "inventory.changedSinceClosing");
    }

    [Fact]
    public void A_database_taken_into_use_after_closing_is_at_hand_and_changes_no_figure()
    {
        using var books = Closed(out var closing);
        var before = books.Ask(Stoke.SeptemberSpec);
        books.Workspace.AdoptDatabase(SmallDatabase.Make(),
            new LciPackWords("small", "CC0-1.0", "Small", "Made for the test"));
        var now = books.Ask(Stoke.SeptemberSpec);
        Assert.Equal([.. before.Packs.Select(p => p.Id), "small"], now.Packs.Select(p => p.Id));
        Assert.Equal(before.At("/scope1/total/kgco2e"), now.At("/scope1/total/kgco2e"));
        Assert.Empty(now.Report().Changes!.Value);
        Assert.Equal(before.Packs, books.Ask(Stoke.SeptemberSpec, closing).Packs);
        Assert.Equal("lci.taken", Assert.Throws<RefusedException>(() => books.Workspace.AdoptDatabase(
            SmallDatabase.Make(), new LciPackWords("scope-rules", "MIT", "x", "x"))).Finding.Code);
    }

    [Fact]
    public void The_year_is_reckoned_with_todays_packs_and_says_what_a_closed_month_was()
    {
        using var books = Closed(out _);
        var before = books.Ask(Stoke.YearSpec);
        using var packs = OtherEdition.Make();
        books.Workspace.Adopt(packs.Source, "uk-desnz-2026");
        var now = books.Ask(Stoke.YearSpec);
        Assert.NotEqual(before.At("/scope1/total/kgco2e"), now.At("/scope1/total/kgco2e"));
        Assert.Equal("22911.0964179", Assert.Single(now.Report().Changes!.Value).Old!.Value.ToString());
    }

    [Fact]
    public void An_instrument_registered_after_closing_is_a_change_of_the_market_based_lines()
    {
        using var books = Closed(out _);
        var certificate = books.Workspace.Registers().Of<Instrument>()
            .Single(i => i.Id == "stoke-certificate-2026");
        books.Workspace.Append("register", [new RegisterRecord("instrument", certificate.Id,
            RegisterSet.Write(certificate with { Mwh = Amount.Parse("15") }))]);
        var changes = books.Ask(Stoke.SeptemberSpec).Report().Changes!.Value;
        Assert.Equal(["certificate 20000→15000", "grid-average 21198.6→26198.6"], changes
            .Select(c => $"{c.Kind} {Quantity(c.Old!, c)}→{Quantity(c.New!, c)}"));
        Assert.All(changes, c => Assert
            .Equal(("2-market", InventoryChangeReason.Quantity), (c.Scope, c.Why.Single())));
        Assert.Equal("2776.168656", $"{changes[1].Old!.Value}");
        return;

        static string Quantity(Figure kg, InventoryChange change) => change.Kind == "certificate"
            ? (kg == change.Old ? "20000" : "15000")
            : Amount.Divide(kg.Value, Amount.Parse("0.13096"), 1).ToString();
    }

    /// <summary>The example with the gas bill put right and September of Stoke closed.</summary>
    private ExampleBooks Closed(out long closing)
    {
        var books = works.Copy();
        CorrectGas(books);
        books.On(2026, 10, 12);
        closing = books.Close("stoke");
        return books;
    }

    private static void CorrectGas(ExampleBooks books)
    {
        books.On(2026, 10, 9);
        var wrong = books.Workspace.StandingEntries(books.Workspace.State()).Single(e =>
            e.Entry.Evidence is Evidence.FileRow { Name: "gas-2026-09.xlsx" });
        Assert.Equal("12000", wrong.Entry.Amount.ToString());
        books.Workspace.Reverse(wrong.Position, "misread", ((Evidence.FileRow)wrong.Entry.Evidence).Sha256);
        Assert.Equal(1, books.Load(CorrectedBill).Entries);
    }

    private static Imported CorrectHalfHours(ExampleBooks books)
    {
        books.On(2026, 10, 20);
        return books.Load(new ImportChoices(Correct: true), CorrectedHalfHours);
    }

    /// <summary>A waste note of September that turns up after the closing.</summary>
    private static EntryRecord Late() => new(new Entry(
        Node.Parse("site:stoke"), Node.Parse("waste-handler:etruria-recovery"),
        "waste/commercial-and-industrial",
        Amount.Parse("0.4"), "t", SiteZone.Get("Europe/London").Month(Stoke.September.First), Basis.Invoiced,
        new Evidence.StatedBy("tester"), Facts.Of(("route", "landfill"))));

    private static string UpstreamOfGas(Asked asked) => asked.Report().Lines()
        .Single(l => l.Line is { Scope: "3", Category: "3", Resource: "natural-gas" }).Line.Kgco2e.Value
            .ToString();
}
