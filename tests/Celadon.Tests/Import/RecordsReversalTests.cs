using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using Celadon.Store.Readings;
using Celadon.Tests.Crash;
using Celadon.Text;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Import;

/// <summary>
/// A batch is reversed whole, whatever it holds; what a reversal cannot do it says, with what to do.
/// </summary>
public sealed class RecordsReversalTests : IDisposable
{
    private static readonly SourceFile Bills =
        Ugly.File("bills.csv", "From,To,Electricity (kWh)\n13/01/2025,31/01/2025,1000\n");

    private static readonly SourceFile[] Everything =
    [
        Ugly.File("workspace.json", """
            {"meters": [{"id": "M1", "site": "stoke", "from": "grid:GB", "to": "site:stoke",
              "resource": "electricity", "unit": "kWh", "scale": 2, "accuracyPercent": "1.5"}],
             "suppliers": [{"id": "fuels", "name": {"en": "Fuels Ltd"}}],
             "instruments": [{"id": "rego-1", "kind": "certificate", "market": "GB",
               "mwh": "500", "kgCo2ePerKwh": "0", "from": "2025-01", "to": "2025-12", "site": "stoke"}]}
            """),
        Ugly.File("table.csv", "start,end,from,to,resource,amount,unit,basis,document\n"
            + "2025-01-03,2025-01-03,supplier:fuels,site:stoke,diesel,120,litre,invoiced,D1\n"),
        Ugly.File("meter.csv", "Time (UTC),Meter,Electricity kWh\n2025-01-01 00:00,M1,1.5\n"
            + "2025-01-01 00:30,M1,2.5\n2025-01-01 01:00,M1,3.5\n"),
        Ugly.File("overrides.csv", "Flow,What,Value,Reason\n"
            + "grid:GB|site:stoke|electricity,measurement,invoiced,The meter was out of order\n"),
        Ugly.File("withdraw.csv", "Evidence,Reason\nbills.csv,Holds a home address\n"),
        Ugly.File("sent.csv",
            "Statement,Sent to,Sent on,Consent\nFootprint,customer:harrods,2026-02-03,Contract 12\n"),
    ];

    private readonly Works _works = new();
    private readonly Workspace _books;
    private readonly string _bills = Bills.Sha256;

    public RecordsReversalTests()
    {
        _books = _works.Open();
        Load(Bills);
    }

    public void Dispose()
    {
        _books.Dispose();
        _works.Dispose();
    }

    [Fact]
    public void Whatever_a_batch_holds_taking_it_back_returns_totals_and_registers_exactly() =>
        Gen.Int[1, (1 << Everything.Length) - 1].Sample(chosen =>
        {
            using var works = new Works();
            using var books = works.Open();
            Load(books, Bills);
            var before = Books(books);
            var batch = Load(books, [.. Everything.Where((_, i) => (chosen >> i & 1) == 1)]).Batch;
            Assert.NotEqual(before, Books(books));
            var head = books.State().Position;
            var reversal = books.Reverse(batch, "a trial");
            Assert.Equal(before, Books(books));
            Assert.Equal(before, Books(books, batch - 1));
            Assert.NotEqual(before, Books(books, head));
            books.Reverse(reversal.Batch + 1, "right after all");
            Assert.Equal(Books(books, head), Books(books));
        }, seed: "0000KOIr9Xa4", iter: 24, threads: 1);

    [Fact]
    public void A_withdrawal_that_is_taken_back_says_that_the_bytes_are_gone_and_the_same_file_brings_them()
    {
        var batch = Load(Everything[4]).Batch;
        Assert.False(_books.Evidence.Has(_bills));
        var reversal = _books.Reverse(batch, "the wrong file");
        var gone = Assert.Single(reversal.Findings);
        Assert.Equal(("reverse.bytesGone", Severity.Warning, "bills.csv", _bills),
            (gone.Code, gone.Severity, gone.Args["file"], gone.Args["sha256"]));
        Assert.Equal("evidence.lost",
            Assert.Single(_books.Verify().Findings, f => f.Severity == Severity.Error).Code);
        // The same file writes nothing, and its bytes are kept again.
        Assert.Null(Commit(_books, Bills).Appended);
        Assert.True(_books.Evidence.Has(_bills));
        Assert.Empty(_books.Verify().Findings);
        Assert.Empty(_books.NotBroughtBack(new ReversalRecord(batch, "", "")));
        // Taking the reversal back withdraws the file again, also where its bytes came back meanwhile.
        _books.Reverse(reversal.Batch + 1, "it was the right file");
        Assert.False(_books.Evidence.Has(_bills));
        Assert.Equal(_bills, Assert.Single(_books.State().Standing<EvidenceWithdrawnRecord>()).Body.Sha256);
        Assert.Empty(_books.Verify().Findings);
    }

    [Fact]
    public void A_withdrawal_alone_is_taken_back_by_its_own_position()
    {
        var withdrawn = _books.Withdraw(_bills, "the wrong file");
        Assert.Equal("reverse.bytesGone",
            Assert.Single(_books.Reverse(withdrawn.Last, "typed wrongly").Findings).Code);
        Assert.Empty(_books.State().Standing<EvidenceWithdrawnRecord>());
    }

    [Fact]
    public void A_statement_that_was_recorded_is_taken_back_and_what_was_handed_over_is_not()
    {
        var reversal = _books.Reverse(Load(Everything[5]).Batch, "never sent");
        var sent = Assert.Single(reversal.Findings);
        Assert.Equal(("reverse.wasSent", "customer:harrods"), (sent.Code, sent.Args["to"]));
        Assert.Empty(_books.State().Standing<StatementSentRecord>());
        var given = StatementSending.Record(_books, "report", [1, 2, 3], "harrods", "Contract 12");
        foreach (var target in (long[])[given.Batch, given.Last])
            Assert.Equal("reverse.final",
                Assert.Throws<RefusedException>(() => _books.Reverse(target, "oops")).Finding.Code);
        Assert.Single(_books.State().Standing<StatementSentRecord>());
    }

    [Fact]
    public void A_version_of_a_register_is_not_taken_back_alone()
    {
        var batch = Load(Everything[0]).Batch;
        var refused = Assert.Throws<RefusedException>(() => _books.Reverse(batch + 1, "oops")).Finding;
        Assert.Equal($"reverse.alone {batch}", $"{refused.Code} {refused.Args["batch"]}");
    }

    [Fact]
    public void Names_that_come_with_other_files_stand_beside_the_batch_and_alone_make_none()
    {
        var people = Ugly.File("people.csv", "Actor,Name\ntests,Jo\n");
        var (batch, _) = Load(Everything[1], people);
        Assert.Equal("Jo", _books.ActorName("tests"));
        _books.Reverse(batch, "a trial");
        Assert.Equal("Jo", _books.ActorName("tests"));
        var head = _books.State().Position;
        var again = Commit(_books, Bills, Ugly.File("people.csv", "Actor,Name\ntests,Jo Smith\n"));
        Assert.Equal((null, 1, head), (again.Appended, again.Names, _books.State().Position));
        Assert.Equal("Jo Smith", _books.ActorName("tests"));
    }

    private (long Batch, Imported Done) Load(params SourceFile[] files) => Load(_books, files);

    private static (long Batch, Imported Done) Load(Workspace books, params SourceFile[] files)
    {
        var done = Commit(books, files);
        return (done.Appended!.Batch, done);
    }

    private static Imported Commit(Workspace books, params SourceFile[] files) =>
        books.Commit(files, books.Plan(files, [], provedOnly: true), new ImportChoices());

    /// <summary>Everything the books say at a position, but for positions.</summary>
    private static string Books(Workspace books, long position = long.MaxValue)
    {
        var state = books.StateAt(position);
        var registers = Workspace.RegistersOf(state);
        var months = books.Readings.MonthsAt(
            [.. registers.Of<Meter>().Select(m => ReadingMeter.Of(m, registers))],
            new MonthSpan(new YearMonth(2025, 1), new YearMonth(2025, 1)), state.Position);
        return string.Join('\n',
            registers.All.Select(r => $"{r.Type} {RegisterSet.Write(r.Item)}")
            .Concat(books.StandingEntries(state).Select(e => e.Entry.ToString()))
            .Concat(months.Select(m => $"{m.Meter} {m.Sum} {m.Count}"))
            .Concat(state.Standing<OverrideRecord>().Select(o => o.Body.ToString()))
            .Concat(state.Standing<EvidenceWithdrawnRecord>().Select(o => o.Body.ToString()))
            .Concat(state.Standing<StatementSentRecord>().Select(o => o.Body.ToString())));
    }
}
