using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Crash;

/// <summary>
/// The law of the books over whole imports: any order and any repetition of the same files gives the same
/// totals, and taking a batch back returns every total exactly.
/// </summary>
public sealed class OrderTests : IDisposable
{
    private const string Spec =
        """{"period":"2025-03/2025-04","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}""";

    private const string Header = "start,end,from,to,resource,amount,unit,basis,document\n";

    private static readonly WorkspaceOptions Options = Works.Options with { Shipped = new SomePacks() };

    private readonly Works _works = new(Options,
        new PlantUnit { Id = "forklifts", Site = "stoke", Kind = "mobile" },
        new Stock { Id = "diesel", Site = "stoke", Resource = "diesel", Consumer = "unit:forklifts" });

    private readonly SourceFile[] _files;

    public OrderTests() => _files =
    [
        File("opening.csv", Header + Count("03-01", 500) + Delivery("03-05", 1200, "A1")
            + Delivery("03-20", 900, "A2")),
        // The same delivery as in the first file, told by the supplier, and one more.
        File("supplier.csv", Header + Delivery("03-05", 1200, "A1") + Delivery("03-28", 333, "A3")),
        File("closing.csv", Header + Count("04-01", 410)),
        File("between.csv", Header + Count("03-15", 700)),
        File("day-1.csv", Readings(3, 1, 48, 30, 11)),
        // The same day with other values: nothing stated tells them apart.
        File("day-1-again.csv", Readings(3, 1, 48, 30, 12)),
        File("days.csv", Readings(3, 1, 96 * 2, 15, 13)),
        File("april.csv", Readings(4, 1, 48 * 3, 30, 14)),
        File("travel.csv", Header
            + "2025-03-03,2025-03-03,employee-travel,site:stoke,travel/rail,1410,pkm,invoiced,T1\n"),
    ];

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public void Any_order_and_any_repetition_of_the_same_files_gives_the_same_totals()
    {
        var all = Enumerable.Range(0, _files.Length).ToArray();
        var whole = Books(all).Report;
        // Delivered 1200 + 900 + 333, each once; burned 500 + 1200 - 700, then 700 + 900 + 333 - 410.
        Assert.Contains("diesel 4956 L 5\n", whole, StringComparison.Ordinal);
        Gen.Select(Gen.Shuffle(all), Gen.Int[0, _files.Length - 1].Array[0, 4], Gen.Int[0, 1 << 12])
            .Sample((order, again, places) =>
            {
                var sequence = order.ToList();
                for (var i = 0; i < again.Length; i++)
                    sequence.Insert((places + 7 * i) % (sequence.Count + 1), again[i]);
                Assert.Equal(whole, Books(sequence).Report);
            }, seed: "0000KOIr9Xa4", iter: Length.IsLong ? 12 : 4, threads: 1);
    }

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public void Taking_a_batch_back_returns_every_total_exactly()
    {
        var all = Enumerable.Range(0, _files.Length).ToArray();
        Gen.Select(Gen.Shuffle(all), Gen.Int[1, _files.Length - 1]).Sample((order, held) =>
        {
            var before = Books(order.Take(held), out var works, out var workspace);
            using var _ = works;
            using (workspace)
            {
                if (Import(workspace, _files[order[held]]) is not { } batch) return;
                workspace.Reverse(batch, "a trial");
                Assert.Equal(before, Answers(workspace));
                // And taking the reversal back brings the batch back; taking that back, not.
                var with = Import(workspace, _files[order[held]]) is { } second ? second : 0;
                Assert.NotEqual(0, with);
                workspace.Reverse(with, "again");
                Assert.Equal(before, Answers(workspace));
                Assert.Empty(workspace.Verify().Findings);
            }
        }, seed: "0000KOIr9Xa4", iter: Length.IsLong ? 12 : 3, threads: 1);
    }

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public void Taking_back_an_earlier_batch_leaves_what_the_others_alone_give()
    {
        var all = Enumerable.Range(0, _files.Length).Where(i => i != 1).ToArray();
        Gen.Select(Gen.Shuffle(all), Gen.Int[0, all.Length - 1]).Sample((order, gone) =>
        {
            Books([], out var works, out var workspace);
            using var _ = works;
            using (workspace)
            {
                var batches = order.Select(i => Import(workspace, _files[i])!.Value).ToList();
                workspace.Reverse(batches[gone], "wrong");
                Assert.Equal(Books(order.Where((_, i) => i != gone)).Report, Answers(workspace).Report);
                var reversal = workspace.State().Position;
                workspace.Reverse(batches[gone] == 0 ? 0 : ReversalOf(workspace, batches[gone]),
                    "right after all");
                Assert.True(workspace.State().Position > reversal);
                Assert.Equal(Books(order).Report, Answers(workspace).Report);
            }
        }, seed: "0000KOIr9Xa4", iter: Length.IsLong ? 12 : 3, threads: 1);
    }

    private static long ReversalOf(Workspace workspace, long batch) => workspace.State().Records
        .Single(r => r.Body is Celadon.Ledger.ReversalRecord { Target: var target }
            && target == batch).Position;

    private (string Report, string Findings) Books(IEnumerable<int> sequence)
    {
        var answers = Books(sequence, out var works, out var workspace);
        workspace.Dispose();
        works.Dispose();
        return answers;
    }

    private (string Report, string Findings) Books(IEnumerable<int> sequence, out Works works,
        out Workspace workspace)
    {
        works = new Works(_works);
        workspace = Workspace.Open(works.Folder, Options);
        foreach (var file in sequence) Import(workspace, _files[file]);
        return Answers(workspace);
    }

    private static long? Import(Workspace workspace, SourceFile file) => workspace
        .Commit([file], workspace.Plan([file], [], provedOnly: true), new ImportChoices()).Appended?.Batch;

    /// <summary>
    /// Totals of the status and the inventory as bytes, without the position and head they speak for.
    /// </summary>
    private static (string Report, string Findings) Answers(Workspace workspace)
    {
        var status = workspace.GetStatus();
        var totals = string.Join('\n',
            status.Meters.Select(m => $"{m.Meter} {m.Sum} {m.Count} {m.CoveragePercent}")
            .Concat(status.Entries.Select(e => $"{e.Resource} {e.Sum} {e.Unit} {e.Count}")));
        var asked = workspace.Ask(Questions.Get("carbon.inventory"), Spec);
        var answer = JsonNode.Parse(AnswerJson.Write(asked))!.AsObject();
        answer.Remove("position");
        answer.Remove("head");
        answer.Remove("findings", out var findings);
        return (totals + answer.ToJsonString(), findings!.ToJsonString());
    }

    private static SourceFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static string Count(string day, int litres) =>
        $"2025-{day},2025-{day},stock:diesel,stock:diesel,diesel,{litres},litre,measured,\n";

    private static string Delivery(string day, int litres, string document) =>
        $"2025-{day},2025-{day},supplier:fuels,stock:diesel,diesel,{litres},litre,invoiced,{document}\n";

    private static string Readings(int month, int day, int count, int minutes, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("Time (UTC),Meter,Electricity kWh\n");
        var start = new DateTime(2025, month, day);
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"{start.AddMinutes(minutes * i):yyyy-MM-dd HH:mm},M1,{random.Next(1, 9999) / 100m}\n");
        return text.ToString();
    }

    public void Dispose() => _works.Dispose();

    /// <summary>The packs that the questions here need.</summary>
    private sealed class SomePacks : IPackSource
    {
        private readonly PackFolder _shipped = new(Path.Combine(AppContext.BaseDirectory, "packs"));

        public IReadOnlyList<string> Packs { get; } =
            ["gwp-100", "resources", "scope-rules", "uk-desnz-2025"];

        public byte[]? Read(string pack, string file) => _shipped.Read(pack, file);
    }
}
