using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Store.Import;
using Celadon.Text;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Pages;

/// <summary>What an import saw, asks, found and would change; nothing is recorded yet.</summary>
public sealed class ImportPlanPage : Page
{
    private readonly Names _names;

    private ImportPlanPage(PageContext at, Staged staged) : base(at)
    {
        Staged = staged;
        _names = new Names(at);
        Files = FilesOf();
        Columns = ColumnsOf();
        Effect = EffectOf();
        Change = at.Books.CoverageChangeOf(staged);
        if (Change is not null) Coverage = CoverageOf(Change);
    }

    /// <summary>The page of the staged import in the path, or null.</summary>
    public static ImportPlanPage? Find(PageContext at) =>
        at.Books.StagedBy((string)at.Http.GetRouteValue("token")!) is { } staged
            ? new ImportPlanPage(at, staged) : null;

    /// <summary>The import.</summary>
    public Staged Staged { get; }

    /// <summary>What each file or sheet is.</summary>
    public Table Files { get; }

    /// <summary>How each column was read.</summary>
    public Table Columns { get; }

    /// <summary>What it adds.</summary>
    public Table Effect { get; }

    /// <summary>What is covered now and would be then; null where nothing of it changes.</summary>
    public CoverageChange? Change { get; }

    /// <summary>The months of each source that changes, now and then.</summary>
    public Table? Coverage { get; }

    /// <summary>The questions, by the file they are about.</summary>
    public IEnumerable<IGrouping<string, ImportQuestion>> Questions =>
        Staged.Plan.Questions.GroupBy(q => q.Place.File ?? "").OrderBy(g => Staged.Plan.Documents
            .Select((d, i) => d.File == g.Key ? i : int.MaxValue).DefaultIfEmpty().Min());

    /// <summary>Everything found, worst first.</summary>
    public IReadOnlyList<Finding> Findings => [.. Staged.Findings];

    /// <summary>True when there is anything to record.</summary>
    public bool CanCommit => !Staged.New.IsEmpty && At.Books.Head.Condition != ChainCondition.Damaged;

    /// <summary>True when rows were held back that the person may want all the same.</summary>
    public bool IsUnread => Staged.New.Entries.Length + Staged.New.Readings.Length
        + Staged.New.Registers.Length == 0 && !HasRepeats;

    /// <summary>True when some of it is in the books already.</summary>
    public bool HasRepeats => Staged.New.Findings.Any(f => f.Code == "import.sameInBooks");

    /// <summary>True when readings differ from those in the books.</summary>
    public bool HasDifferences => Staged.New.Findings.Any(f => f.Code == "import.differsFromBooks");

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "import";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(ImportPlanView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables =>
        Coverage is null ? [Effect, Files, Columns] : [Effect, Coverage, Files, Columns];

    /// <inheritdoc/>
    public override string Title
    {
        get
        {
            var (questions, errors) = (Staged.Plan.Questions.Length,
                Findings.Count(f => f.Severity == Severity.Error));
            (string, object)[] args = [("questions", questions), ("errors", errors)];
            return At.L(questions == 0 && errors == 0 ? "rooms.plan.clean"
                : errors == 0 ? "rooms.plan.questions"
                : questions == 0 ? "rooms.plan.errors" : "rooms.plan.both", args);
        }
    }

    /// <inheritdoc/>
    public override JsonObject Data => new()
    {
        ["findings"] = new JsonArray([.. Findings.Select(f => Refusal.Json(f, At.Text))]),
        ["entries"] = Staged.New.Entries.Length,
        ["readings"] = Staged.New.Readings.Sum(r => (long)r.Draft.Count),
    };

    /// <summary>A question in words, with the reason it is asked.</summary>
    public (string Text, string? Because) Words(ImportQuestion question)
    {
        var args = question.Args.Select(a => (a.Key, (object)a.Value)).ToArray();
        var because = $"question.{question.Code}.because";
        return (At.L($"question.{question.Code}", args), At.Text.Has(because) ? At.L(because, args) : null);
    }

    /// <summary>An answer in words.</summary>
    public string Words(Choice choice) => choice.Code is { } code ? At.L(code)
        : Ledger.Node.TryParse(choice.Id, out var node) ? _names.Of(node)
        : At.Books.Registers.Find<Registers.Site>(choice.Id) is not null ? _names.OfSite(choice.Id)
        : _names.OfResource(choice.Id);

    private Table FilesOf() => new("files", At.L("web.plan.files"),
    [
        new("file", At.L("web.col.file")), new("kind", At.L("web.col.recognised")),
        new("form", At.L("web.col.form")),
        new("loaded", At.L("web.col.loaded"), Align.Number),
        new("refused", At.L("web.col.refused"), Align.Number),
        new("held", At.L("web.col.held"), Align.Number),
        new("repeats", At.L("web.col.repeats"), Align.Number),
        new("around", At.L("web.col.around"), Align.Number, Secondary: true),
    ], [.. Staged.Plan.Documents.Select(d => Row.Of(
        new Words(d.File) { Below = d.Sheet.Length > 0 ? At.L("web.place.sheet", ("sheet", d.Sheet)) : null },
        new Words(At.L($"web.document.{d.Kind.ToString().ToLowerInvariant()}")) { Key = d.Kind.ToString() },
        Or(new Words(d.Encoding) { Class = "nb" }), new Plain(d.Rows.Loaded), Some(d.Rows.Refused),
        Some(d.Rows.Held), Some(d.Rows.Repeats), Some(d.Rows.Around)))]);

    /// <summary>A count, and nothing where nothing was counted.</summary>
    private static Cell Some(int count) => count == 0 ? Cell.Empty : new Plain(count);

    /// <summary>Words, and nothing where there are none.</summary>
    private static Cell Or(Words words) => words.Text.Length == 0 ? Cell.Empty : words;

    private Table ColumnsOf() => new("columns", At.L("web.plan.columns"),
    [
        new("column", At.L("web.col.column")), new("role", At.L("web.col.readAs")),
        new("unit", At.L("web.col.form")),
        new("first", At.L("web.col.first")), new("certainty", At.L("web.col.certainty")),
        new("because", At.L("web.col.because")),
    ], [.. Staged.Plan.Documents.SelectMany(d => d.Columns.Where(c => c.Certainty != Certainty.NotLoaded)
        .Select(Column).Concat(NotLoaded(d)))]);

    private Row Column(ColumnReading c) => Row.Of(new Words(c.Header) { Class = "mono" },
        new Words(Role(c)) { Key = c.Role }, Or(new Words(Show.Unit(c.Unit)) { Key = c.Unit }),
        Or(new Words(c.First)), new Words(At.L($"web.certainty.{c.Certainty.ToString().ToLowerInvariant()}"))
            { Key = c.Certainty.ToString(), Class = c.Certainty is Certainty.Proved or Certainty.Stated
                ? "good" : null },
        Or(new Words(c.Because is { } because ? At.Text.Render(because) : "") { Class = "quiet" }));

    /// <summary>Columns that are left alone stand together in one row.</summary>
    private IEnumerable<Row> NotLoaded(DocumentPlan document)
    {
        var left = document.Columns.Where(c => c.Certainty == Certainty.NotLoaded).ToList();
        if (left.Count == 0) yield break;
        yield return Row.Of(new Words(string.Join(At.L("web.listComma"), left.Select(c => c.Header)))
            { Class = "mono" }, Cell.Empty, Cell.Empty, Cell.Empty,
            new Words(At.L("web.certainty.notloaded")) { Key = nameof(Certainty.NotLoaded), Class = "faint" },
            Cell.Empty);
    }

    private string Role(ColumnReading column)
    {
        var key = $"web.role.{column.Role}";
        var role = At.Text.Has(key) ? At.L(key) : column.Role;
        return column.Resource.Length > 0 && column.Certainty != Certainty.NotLoaded
            ? $"{role}: {_names.OfResource(column.Resource)}" : role;
    }

    private Table EffectOf() => new("effect", At.L("web.plan.effect"),
    [
        new("what", At.L("web.col.what")), new("before", At.L("web.col.before"), Align.Number),
        new("adds", At.L("web.col.adds"), Align.Number),
        new("after", At.L("rooms.plan.after"), Align.Number), new("unit", At.L("web.col.unit")),
        new("count", At.L("web.col.rows"), Align.Number),
    ], [.. At.Books.EffectOf(Staged).Select(e => Row.Of(
        new Words(e.Meter.Length > 0 ? _names.OfMeter(e.Meter) : _names.OfResource(e.Resource))
            { Key = e.Meter.Length > 0 ? e.Meter : e.Resource, Below = e.Meter.Length > 0
                ? _names.OfResource(e.Resource) : null },
        e.Before is { } before ? new Plain(before)
            : new Words(At.L("web.nothing")) { Class = "faint", Key = "" },
        new Plain(e.Adds), e.After is { } after ? new Plain(after) : new Unknown(At.L("rooms.plan.overlaps")),
        new Words(Show.Unit(e.Unit)) { Key = e.Unit },
        new Words(e.Count.ToString("N0", CultureInfo.InvariantCulture)) { Key = e.Count.ToString(
            CultureInfo.InvariantCulture) }))]);

    /// <summary>Two lines a source: its months as they are, and as they would be.</summary>
    private Table CoverageOf(CoverageChange change) => new("coverage", At.L("web.coverage"),
    [
        new("source", At.L("web.col.source")), new("when", At.L("rooms.plan.coverage.when")),
        .. change.Period.Months.Select(m => new Column(new MonthSpan(m, m).ToString(),
            Show.MonthName(At.Text, m.Month))),
        new("whole", At.L("web.col.whole"), Align.Number),
    ], [.. change.Changed.SelectMany(pair => new[]
    {
        Line(pair.Before, _names.OfSource(pair.Before), "now"), Line(pair.After, "", "then"),
    })])
    {
        Class = "covers",
    };

    private Row Line(CoverageSource source, string name, string when) => new([
        new Words(name) { Key = $"{source.From}|{source.To}|{source.Resource}|{source.Point}" },
        new Words(At.L($"rooms.plan.coverage.{when}")) { Key = when, Class = "quiet" },
        .. source.Months.Select(m => new Covered(m)),
        CoverageWords.Cell(At, source),
    ]);
}
