using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Tests.Example;

/// <summary>The account depends neither on the order in which papers were loaded, nor on how often.</summary>
[Collection("example")]
public sealed class OrderTests(ExampleWorks works)
{
    private static string[] Registers => ExampleWorks.Parts().First();

    private static string[] Files => [.. ExampleWorks.Parts().Skip(1).SelectMany(p => p)];

    [Fact]
    public void Everything_loaded_again_writes_nothing()
    {
        using var books = works.Copy();
        var (head, account) = (books.Head, Account(books));
        foreach (var part in ExampleWorks.Parts())
        {
            var again = books.Load(part);
            Assert.Equal((null, 0, 0L), (again.Appended, again.Entries, again.Readings));
        }
        Assert.Equal(head, books.Head);
        Assert.Equal(account, Account(books));
    }

    [Fact]
    public void Folders_in_the_other_order_give_the_same_account()
    {
        using var books = works.Begin("folders-reversed");
        books.Load(Registers);
        foreach (var part in ExampleWorks.Parts().Skip(1).Reverse()) books.Load([.. part.Reverse()]);
        Assert.Equal(Account(works.Workspace), Account(books));
        Assert.Equal(Totals(works.Workspace), Totals(books.Workspace));
    }

    [Fact]
    public void Files_one_by_one_in_a_drawn_order_and_some_of_them_twice_give_the_same_account()
    {
        using var books = works.Begin("files-drawn");
        books.Load(Registers);
        var drawn = Files;
        new Random(20261005).Shuffle(drawn);
        foreach (var (file, index) in drawn.Select((f, i) => (f, i)))
        {
            books.Load(file);
            if (index % 5 == 0) books.Load(drawn[index / 2]);
        }
        Assert.Equal(Account(works.Workspace), Account(books));
        Assert.Equal(Totals(works.Workspace), Totals(books.Workspace));
    }

    private static List<string> Account(ExampleBooks books) => Account(books.Workspace);

    private static List<string> Account(Celadon.Store.Workspace workspace) =>
        [.. Explainer.All(workspace.Ask(Questions.Get("carbon.inventory"), Stoke.YearSpec).Answer.Report)
            .Select(f => $"{f.Pointer} {f.Figure.Value} {f.Figure.Unit}")];

    /// <summary>What the books hold of each meter and movement, whatever the order of the rows.</summary>
    private static List<string> Totals(Celadon.Store.Workspace workspace)
    {
        var registers = workspace.Registers();
        var meters = registers.Of<Meter>().Select(m =>
            $"{m.Id} {workspace.AllReadings(m, registers).Select(r => r.Amount).Total()} {m.Unit}");
        var entries = workspace.StandingEntries(workspace.State()).Select(e => e.Entry)
            .GroupBy(e => $"{e.From} → {e.To} {e.Resource} {e.Unit} {e.Basis}")
            .Select(g => $"{g.Key}: {g.Count()} rows, {g.Select(e => e.Amount).Total()}");
        return [.. meters.Concat(entries).Order(StringComparer.Ordinal)];
    }
}
