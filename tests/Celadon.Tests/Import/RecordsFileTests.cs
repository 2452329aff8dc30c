using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Tests.Crash;
using Celadon.Text;

namespace Celadon.Tests.Import;

/// <summary>
/// Files of records that no supplier's document brings: what they write, what they refuse, what can be taken
/// back, and that names of people can be forgotten.
/// </summary>
public sealed class RecordsFileTests : IDisposable
{
    private readonly Works _works = new();
    private readonly Workspace _books;

    public RecordsFileTests()
    {
        _books = _works.Open();
        Load(Ugly.File("bills.csv", "From,To,Electricity (kWh)\n13/01/2025,31/01/2025,1000\n"));
    }

    public void Dispose()
    {
        _books.Dispose();
        _works.Dispose();
    }

    private (ImportPlan Plan, Imported Done) Load(params SourceFile[] files)
    {
        var plan = _books.Plan(files, [], provedOnly: true);
        return (plan, _books.Commit(files, plan, new ImportChoices()));
    }

    private long Bill => Assert.Single(_books.StandingEntries(_books.State())).Position;

    [Fact]
    public void Overrides_are_one_batch_that_can_be_reversed_and_written_once()
    {
        var text = "Entry,Flow,What,Value,Reason\n"
            + $"{Bill},,category,2.electricity,Bought for the tenants\n"
            + ",grid:GB|site:stoke|electricity,factor,uk-2025:x,Contract says so\n"
            + ",grid:GB|site:stoke|electricity,measurement,invoiced,The meter was out of order\n";
        var (plan, done) = Load(Ugly.File("overrides.csv", text));
        Assert.Equal(DocumentKind.Records, Assert.Single(plan.Documents).Kind);
        Assert.Equal((3, 3), (plan.Documents[0].Rows.Loaded, done.Records));
        Assert.Equal(["entry category 2.electricity", "flow factor uk-2025:x", "flow measurement invoiced"],
            Standing<OverrideRecord>().Select(o => $"{o.Subject} {o.What} {o.Value}"));
        Assert.Null(Load(Ugly.File("overrides.csv", text)).Done.Appended);
        _books.Reverse(done.Appended!.Batch, "not agreed");
        Assert.Empty(Standing<OverrideRecord>());
    }

    [Fact]
    public void Rows_that_cannot_be_recorded_are_named_and_the_others_stand()
    {
        var (plan, done) = Load(Ugly.File("裁定.csv", "记录号,流向,修正项,改为,理由\n"
            + ",grid:GB|site:stoke|electricity,类别,2.electricity,合同\n"
            + "99999,,类别,2.electricity,x\n"
            + ",grid:GB|electricity,类别,2.electricity,x\n"
            + $"{Bill},,颜色,2.electricity,x\n"
            + $"{Bill},,因子,x,\n"
            + ",grid:GB|site:stoke|electricity,计量,最好的,x\n"));
        Assert.Equal(["import.record.entry@3", "import.record.flow@4", "import.record.what@5",
            "import.record.missing@6", "import.record.measurement@7"], plan.Problems());
        Assert.Equal(("理由", 1), (plan.Only("import.record.missing").Place!.Column, done.Records));
    }

    [Fact]
    public void A_measurement_is_chosen_while_a_month_is_open_and_refused_where_all_are_closed()
    {
        var choice = Ugly.File("overrides.csv", "Flow,What,Value,Reason\n"
            + "grid:GB|site:stoke|electricity,measurement,invoiced,The meter was out of order\n");
        var closing = _books.Close("stoke", new(2025, 1), []).Last;
        var (plan, done) = Load(choice);
        var refused = plan.Only("import.record.measurementClosed");
        Assert.Equal((Severity.Error, "2025-01", $"{closing}", 2), (refused.Severity, refused.Args["month"],
            $"{refused.Args["closing"]}", refused.Place!.Row));
        Assert.Null(done.Appended);
        Load(Ugly.File("more.csv", "From,To,Electricity (kWh)\n01/02/2025,28/02/2025,900\n"));
        (plan, done) = Load(choice);
        Assert.Equal(Severity.Info, plan.Only("import.record.measurementOpenOnly").Severity);
        Assert.Equal(1, done.Records);
        // Opened again, the month follows the choice too, and nothing need be said.
        _books.Reverse(closing, "the choice holds there too");
        Assert.False(_books.Plan([choice], [], provedOnly: true).Has("import.record.measurementOpenOnly"));
    }

    [Fact]
    public void A_file_is_withdrawn_by_name_and_its_hash_stays()
    {
        var sha256 = ((BatchRecord)_books.State().Batches[^1].Body).Files[0].Sha256;
        var (_, done) = Load(Ugly.File("withdraw.csv", "Evidence,Reason\nbills.csv,Holds a home address\n"));
        Assert.Equal(new EvidenceWithdrawnRecord(sha256, "Holds a home address"),
            Assert.Single(Standing<EvidenceWithdrawnRecord>()));
        Assert.False(_books.Evidence.Has(sha256));
        Assert.Equal(1, done.Records);
        Assert.DoesNotContain(_books.Verify().Findings, f => f.Severity == Severity.Error);
    }

    [Fact]
    public void A_file_that_is_not_kept_or_whose_name_is_shared_is_refused()
    {
        Load(Ugly.File("bills.csv", "From,To,Electricity (kWh)\n13/02/2025,28/02/2025,900\n"));
        var (plan, _) = Load(Ugly.File("withdraw.csv", "Evidence,Reason\nbills.csv,x\nnone.csv,x\n"));
        Assert.Equal(["import.record.evidenceSeveral@2", "import.record.evidence@3"], plan.Problems());
    }

    [Fact]
    public void A_statement_keeps_what_to_whom_when_and_on_which_consent()
    {
        Load(Ugly.File("sent.csv", "Statement,Sent to,Sent on,Consent,File\n"
            + "Footprint of ware 2025,customer:harrods,2026-02-03,Contract 12 §4,bills.csv\n"));
        var sent = Assert.Single(Standing<StatementSentRecord>());
        Assert.Equal(("Footprint of ware 2025", "customer:harrods", "2026-02-03", "Contract 12 §4", 64),
            (sent.What, sent.To, sent.On, sent.Consent, sent.Sha256.Length));
        var (plan, _) = Load(Ugly.File("sent.csv",
            "Statement,Sent to,Sent on,Consent\nFootprint,customer:x,01/02/2026,mail\n"));
        Assert.Equal(["import.record.date@2"], plan.Problems());
    }

    [Fact]
    public void Names_stay_outside_the_chain_are_not_kept_as_evidence_and_can_be_erased()
    {
        const string name = "Wilhelmina Featherstonehaugh";
        var file = Ugly.File("people.csv", $"Actor,Name,Role\ntests,{name},energy engineer\n");
        var head = _books.GetStatus().Head;
        var (plan, done) = Load(file);
        Assert.Equal((null, 1, 0), (done.Appended, done.Names, plan.Files.Length));
        Assert.Equal($"{name} (energy engineer)", _books.ActorName("tests"));
        Assert.Equal(head, _books.GetStatus().Head);
        Assert.False(_books.Evidence.Has(file.Sha256));
        Assert.True(_books.EraseActorName("tests"));
        Assert.Null(_books.ActorName("tests"));
        Assert.False(_books.EraseActorName("tests"));
        Assert.DoesNotContain(_books.Verify().Findings, f => f.Severity == Severity.Error);
        _books.Dispose();
        foreach (var path in Directory.EnumerateFiles(_works.Folder, "*", SearchOption.AllDirectories))
            Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void A_blank_name_erases_and_names_beside_other_things_are_refused()
    {
        Load(Ugly.File("people.csv", "Actor,Name\ntests,Jo\n"));
        Load(Ugly.File("people.csv", "Actor,Name\ntests,\n"));
        Assert.Null(_books.ActorName("tests"));
        var zip = ZipFileTests.Zip("all.zip",
            ("people.csv", Encoding.UTF8.GetBytes("Actor,Name\ntests,Jo\n")));
        Assert.True(Load(zip).Plan.Has("import.record.actorsAlone"));
        Assert.Null(_books.ActorName("tests"));
    }

    [Fact]
    public void What_was_answered_is_remembered_by_name_shown_and_forgotten()
    {
        SourceFile[] files = [Ugly.File("gas-2025.csv", "From,To,Gas (kWh)\n13/01/2025,31/01/2025,1000\n")];
        var asked = Assert.Single(_books.Plan(files, [], provedOnly: false).Questions);
        var answers = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty
            .Add(asked.Id, "net");
        _books.Commit(files, _books.Plan(files, [], provedOnly: false, answers), new ImportChoices());
        SourceFile[] next = [Ugly.File("gas-2026.csv", "From,To,Gas (kWh)\n13/01/2026,31/01/2026,1100\n")];
        var plan = _books.Plan(next, [], provedOnly: false);
        Assert.Empty(plan.Questions);
        Assert.Equal(CalorificBasis.Net, plan.Entries[0].Calorific);
        var used = plan.Only("import.template.used");
        Assert.Equal(("gas-#", "calorific = net"), (used.Args["name"], used.Args["answers"]));
        Assert.Contains(_books.ImportTemplates(), t => t.Name == "gas-#");
        Assert.Equal(1, _books.ForgetTemplate("gas-#"));
        Assert.Single(_books.Plan(next, [], provedOnly: false).Questions);
    }

    [Theory]
    [InlineData("overrides.csv", 2)]
    [InlineData("裁定.csv", 1)]
    [InlineData("withdraw.csv", 0)]
    [InlineData("sent.csv", 1)]
    [InlineData("people.csv", 1)]
    public void The_example_files_are_recognised(string name, int loaded)
    {
        var file = SourceFile.Open(House.Repository.At($"examples/records/{name}"));
        var document = Assert.Single(Importer.Plan([file], new ImportContext()).Documents);
        Assert.Equal((DocumentKind.Records, loaded), (document.Kind, document.Rows.Loaded));
    }

    private IEnumerable<T> Standing<T>() where T : RecordBody =>
        _books.State().Standing<T>().Select(r => r.Body);
}
