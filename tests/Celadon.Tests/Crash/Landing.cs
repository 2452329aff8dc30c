using System.Globalization;
using System.Text.RegularExpressions;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Tests.Crash;

/// <summary>What must be so after an import was cut short, whenever that was.</summary>
internal static partial class Landing
{
    /// <summary>
    /// The batch that a line of the child's output acknowledged: what another process recorded. Null when it
    /// said none.
    /// </summary>
    public static long? Acknowledged(string output) =>
        Acknowledgement().Match(output) is { Success: true } match
        ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The steps of an ordinary run: around each commit. A long run takes them all.</summary>
    public static string[] AroundTheCommits(IEnumerable<string> steps) => [.. steps.Where(step => step is
        "readings-committed#1" or "journal-written#1" or "journal-committed#1")];

    /// <summary>
    /// Opens the books after a kill: what was acknowledged is there, the delivery is there whole or not at
    /// all, the proof is clean, and the same files once more bring what is missing and nothing twice.
    /// </summary>
    /// <param name="works">The works.</param>
    /// <param name="delivery">What the child was importing.</param>
    /// <param name="before">What was in the books before.</param>
    /// <param name="acknowledged">The batch that the child acknowledged, or null.</param>
    /// <returns>True when the delivery had landed before it was imported again.</returns>
    public static bool Check(Works works, Delivery delivery, Delivery before, long? acknowledged)
    {
        var after = Sum(before, delivery);
        bool landed;
        using (var workspace = works.Open())
        {
            Assert.DoesNotContain(workspace.Health, f => f.Severity == Severity.Error);
            Assert.False(workspace.IsReadOnly);
            landed = workspace.GetStatus().Entries.Sum(e => e.Count) > before.Entries;
            AssertHolds(workspace, landed ? after : before);
            var batches = workspace.State().Batches.Where(b => ((BatchRecord)b.Body).Purpose == "import")
                .ToList();
            if (acknowledged is { } batch)
            {
                Assert.True(landed, "A batch that was acknowledged is not there.");
                Assert.Equal(batch, batches[^1].Position);
            }
            Assert.Empty(workspace.Verify().Findings);
            var plan = workspace.Plan(delivery.Files, [], provedOnly: true);
            var again = workspace.Commit(delivery.Files, plan, new ImportChoices());
            Assert.True(landed == again.Appended is null,
                $"landed is {landed}, and once more brought {again}");
            AssertHolds(workspace, after);
        }
        using (var workspace = works.Open())
        {
            AssertHolds(workspace, after);
            Assert.Empty(workspace.Verify().Findings);
            Assert.Empty(workspace.Readings.Health().Unacknowledged);
        }
        Assert.Empty(Directory.EnumerateFiles(works.Folder, "*.tmp", SearchOption.AllDirectories));
        return landed;
    }

    /// <summary>Two deliveries as one.</summary>
    public static Delivery Sum(Delivery a, Delivery b) => new([.. a.Paths, .. b.Paths], a.Entries + b.Entries,
        a.Diesel + b.Diesel, a.Readings + b.Readings, a.Electricity + b.Electricity);

    /// <summary>Nothing yet.</summary>
    public static Delivery Nothing { get; } = new([], 0, Amount.Zero, 0, Amount.Zero);

    /// <summary>The books hold exactly these deliveries.</summary>
    public static void AssertHolds(Workspace workspace, Delivery held)
    {
        var status = workspace.GetStatus();
        Assert.Equal(held.Entries, status.Entries.Sum(e => e.Count));
        Assert.Equal(held.Diesel, status.Entries.Aggregate(Amount.Zero, (sum, e) => sum + e.Sum));
        Assert.Equal(held.Readings, status.Meters.Sum(m => m.Count));
        Assert.Equal(held.Electricity, status.Meters.Aggregate(Amount.Zero, (sum, m) => sum + m.Sum));
    }

    [GeneratedRegex(@"^Batch ([0-9]+):", RegexOptions.Multiline)]
    private static partial Regex Acknowledgement();
}
