using System.Collections.Immutable;
using System.Text;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Tests.Crash;

namespace Celadon.Tests.Store;

/// <summary>
/// What a preview says beside the rows: questions by file, the supplier's template, the coverage to come.
/// </summary>
public sealed class ImportPreviewTests : IDisposable
{
    private static readonly MonthSpan Year = MonthSpan.Parse("2025-01/2025-12");

    private readonly Works _works = new(Works.Options,
        new Supplier { Id = "severn", Name = new("Severn Energy") });

    public void Dispose() => _works.Dispose();

    [Fact]
    public void At_most_three_questions_are_asked_of_each_file()
    {
        using var workspace = _works.Open();
        const string text =
            "Supplier,From,To,Consumption,Usage,Quantity\nSevern Energy,01/02/2025,03/02/2025,1000,12.5,7\n";
        SourceFile[] files = [Text("first.csv", text), Text("second.csv", text + "\n")];
        var each = files.Select(f => workspace.Plan([f], [], provedOnly: false).Questions.Length).ToArray();
        Assert.Equal([3, 3], each);
        var both = workspace.Plan(files, [], provedOnly: false);
        Assert.Equal(["first.csv", "second.csv"], both.Questions.Select(q => q.Place.File).Distinct());
        Assert.All(both.Questions.GroupBy(q => q.Place.File), file => Assert.Equal(3, file.Count()));
        Assert.Contains(both.Findings, f => f.Code.StartsWith("import.todo.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_supplier_s_bills_are_read_by_its_template_whatever_the_file_is_called()
    {
        using var workspace = _works.Open();
        Load(workspace, Text("bill-2025.csv",
            "Supplier,From,To,Natural gas (kWh),Cost\nSevern Energy,01/02/2025,03/02/2025,1000,12.50\n"),
            ("date-order", "DMY"));
        var template = Assert.Single(workspace.ImportTemplates());
        Assert.Equal(("Severn Energy", "Severn Energy", "DMY"),
            (template.Name, template.Supplier, template.DateOrder));

        var next = workspace.Plan([Text("SE_March.csv",
            "Supplier,From,To,Natural gas (kWh),Cost\nSevern Energy,01/03/2025,03/03/2025,900,11.00\n")], [],
            provedOnly: false);
        Assert.Empty(next.Questions);
        Assert.Equal("Severn Energy",
            Assert.Single(next.Findings, f => f.Code == "import.template.used").Args["name"]);
        Assert.Equal(new NodaTime.LocalDate(2025, 3, 1),
            SiteZone.Get("Europe/London").DateOf(Assert.Single(next.Entries).Period.Start));
        Assert.Equal("SE_March.csv", Assert.Single(next.Documents).Template!.Files);

        var other = workspace.Plan([Text("other.csv",
            "Supplier,From,To,Natural gas (kWh),Cost\nMersey Gas,01/03/2025,03/03/2025,900,11.00\n")], [],
            provedOnly: false);
        Assert.Contains(other.Questions, q => q.Code == "import.date-order");
    }

    [Fact]
    public void Bills_of_several_suppliers_keep_the_name_of_their_form()
    {
        using var workspace = _works.Open();
        Load(workspace, Text("gas-2025.csv", "Supplier,From,To,Natural gas (kWh)\n"
            + "Severn Energy,13/01/2025,31/01/2025,1000\nMersey Gas,13/02/2025,28/02/2025,1000\n"));
        var template = Assert.Single(workspace.ImportTemplates());
        Assert.Equal(("gas-#", null), (template.Name, template.Supplier));
    }

    /// <summary>What the preview says will be covered is what is covered once it is recorded.</summary>
    [Theory]
    [InlineData("2025-03-01", 31, "2025-03-16", 40)]
    [InlineData("2025-01-10", 3, "2025-06-01", 45)]
    [InlineData("2025-03-20", 20, "2025-03-10", 21)]
    public void The_coverage_to_come_is_the_coverage_that_comes(string held, int heldDays, string comes,
        int days)
    {
        using var workspace = _works.Open();
        Load(workspace, Meter("a.csv", held, heldDays));
        Load(workspace, Text("gas.csv", "From,To,Natural gas (kWh)\n13/01/2025,31/01/2025,1000\n"));
        SourceFile[] files = [Meter("b.csv", comes, days),
            Text("gas-2.csv", "From,To,Natural gas (kWh)\n01/02/2025,28/02/2025,1000\n")];
        var before = CoverageOf(workspace);
        var plan = workspace.Plan(files, [], provedOnly: true);
        var to = workspace.CoverageWith(workspace.NewIn(plan, new ImportChoices()), Year);
        Assert.Equal(before, CoverageOf(workspace));
        workspace.Commit(files, plan, new ImportChoices());
        Assert.Equal(CoverageOf(workspace), to);
        Assert.NotEqual(before, to.ToArray());
    }

    private static FlowCoverage[] CoverageOf(Workspace workspace) =>
        [.. Measurements.Of(workspace.ViewAt(Year, workspace.Journal.Head().Position)).Coverage];

    private static SourceFile Meter(string name, string from, int days)
    {
        var first = DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        return Text(name, "Time (UTC),Meter,Electricity kWh\n" + string.Concat(Enumerable.Range(0, days * 24)
            .Select(i => FormattableString.Invariant(
                $"{first.AddHours(i):yyyy-MM-dd HH:mm},M1,{i % 7 + 1}.5\n"))));
    }

    private static SourceFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static void Load(Workspace workspace, SourceFile file,
        params (string Question, string Answer)[] answers)
    {
        var asked = workspace.Plan([file], [], provedOnly: false).Questions;
        var plan = workspace.Plan([file], [], provedOnly: false, ImmutableSortedDictionary
            .CreateRange(asked.Select(q => KeyValuePair.Create(q.Id, answers.FirstOrDefault(a =>
                q.Code == "import." + a.Question).Answer ?? q.Proposed))));
        Assert.NotNull(workspace.Commit([file], plan, new ImportChoices()).Appended);
    }
}
