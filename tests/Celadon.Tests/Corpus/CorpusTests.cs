using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Tests.Crash;

namespace Celadon.Tests.Corpus;

/// <summary>
/// The corpus of ugly files through the import as a person uses it: at most three questions, every planted
/// fault found, the totals worked by hand, and every batch reversed to the identical state.
/// </summary>
public sealed class CorpusTests(CorpusTests.Books books) : IClassFixture<CorpusTests.Books>
{
    /// <summary>The names of all cases.</summary>
    public static TheoryData<string> Names => [.. CorpusFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_read_as_a_person_would_read_it(string name)
    {
        var one = CorpusFiles.All[name];
        var plan = Answered(books.Of(one), one);
        Assert.Equal(one.Totals.Order(StringComparer.Ordinal), CorpusFiles.TotalsOf(plan));
        Assert.Empty(Missing(plan, one));
        foreach (var rows in plan.Documents.Select(d => d.Rows))
            Assert.Equal(rows.Total, rows.Loaded + rows.Refused + rows.Held + rows.Repeats + rows.Around);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_batch_is_reversed_to_the_identical_state(string name)
    {
        var one = CorpusFiles.All[name];
        var workspace = books.Of(one);
        var before = StateOf(workspace);
        var done = workspace.Commit(one.Files, Answered(workspace, one), new ImportChoices());
        Assert.NotNull(done.Appended);
        Assert.NotEqual(before, StateOf(workspace));
        workspace.Reverse(done.Appended.Batch, "corpus");
        Assert.Equal(before, StateOf(workspace));
        // What was remembered must not answer for another case.
        foreach (var template in workspace.ImportTemplates()) workspace.ForgetTemplate(template.Name!);
        Assert.Empty(workspace.ImportTemplates());
    }

    [Fact]
    public void At_least_ninety_five_of_a_hundred_are_mapped_with_three_questions_and_every_fault_is_found()
    {
        Assert.True(CorpusFiles.All.Count >= 40, $"{CorpusFiles.All.Count} files");
        var mapped = 0;
        foreach (var one in CorpusFiles.All.Values)
        {
            var plan = Answered(books.Of(one), one);
            Assert.Empty(Missing(plan, one));
            if (one.Answers.Length <= 3 && plan.Documents.All(d => d.Kind != DocumentKind.Unknown)
                && one.Totals.Order(StringComparer.Ordinal).SequenceEqual(CorpusFiles.TotalsOf(plan)))
                mapped++;
        }
        Assert.True(mapped * 100 >= CorpusFiles.All.Count * 95, $"{mapped} of {CorpusFiles.All.Count}");
    }

    [Fact]
    public void Every_case_is_listed_in_the_readme_and_no_other()
    {
        var listed = System.IO.File.ReadAllLines(House.Repository.At("tests/Celadon.Tests/Corpus/README.md"))
            .Where(l => l.StartsWith("| gb-", StringComparison.Ordinal)
                || l.StartsWith("| cn-", StringComparison.Ordinal))
            .Select(l => l.Split('|')[1].Trim());
        Assert.Equal(CorpusFiles.All.Keys.Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    /// <summary>Asks as the import does and answers as the case says; the questions must be those.</summary>
    private static ImportPlan Answered(Workspace workspace, CorpusCase one)
    {
        var plan = workspace.Plan(one.Files, [], provedOnly: false);
        Assert.Equal(one.Answers.Select(a => a.Question).Order(StringComparer.Ordinal),
            plan.Questions.Select(q => q.Code).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(plan.Findings,
            f => f.Code.StartsWith("import.todo.", StringComparison.Ordinal));
        return workspace.Plan(one.Files, [], provedOnly: false, plan.Questions.ToImmutableSortedDictionary(
            q => q.Id, q => one.Answers.First(a => a.Question == q.Code).Answer));
    }

    private static IEnumerable<string> Missing(ImportPlan plan, CorpusCase one) => one.Faults.Where(fault =>
        fault.Split('@') is not [var code, var row] || !plan.Findings.Any(f => f.Code == code
            && (row.Length == 0 || $"{f.Place?.Row}" == row)));

    /// <summary>Everything an answer can rest on, but how many records were written on the way.</summary>
    private static string StateOf(Workspace workspace) => JsonSerializer.Serialize(new
    {
        Status = workspace.GetStatus() with { Position = 0, Head = "", Batches = 0 },
        Registers = workspace.Registers().All.Select(r => RegisterSet.Write(r.Item)),
        Entries = workspace.StandingEntries(workspace.State()).Select(e => e.Position),
    });

    /// <summary>Books of a works at Stoke and of one at Longquan.</summary>
    public sealed class Books : IDisposable
    {
        private readonly Works _works = new();
        private readonly Workspace _stoke, _longquan;

        public Books()
        {
            _stoke = _works.Open();
            _longquan = Workspace.Create(Path.Combine(_works.Root, "longquan"), Works.Options, "longquan");
            _longquan.Append("register", [Works.Item("site", new Site
            {
                Id = "longquan", Country = "CN", Zone = "Asia/Shanghai", OperationalControl = true,
            })]);
        }

        internal Workspace Of(CorpusCase one) => one.IsChinese ? _longquan : _stoke;

        public void Dispose()
        {
            _stoke.Dispose();
            _longquan.Dispose();
            _works.Dispose();
        }
    }
}
