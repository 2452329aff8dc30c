using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Tests.Crash;

/// <summary>
/// Readings beside the journal: whatever becomes of them, the journal and the evidence bring them back.
/// </summary>
public sealed class DamagedReadingsTests : IClassFixture<ReadBooks>, IDisposable
{
    private readonly Works _works;
    private readonly Delivery _delivery;
    private readonly long _record;

    public DamagedReadingsTests(ReadBooks books)
    {
        _works = new Works(books.Works);
        (_delivery, _record) = (books.Delivery, books.Record);
    }

    private string Meter => _delivery.Files[1].Sha256;

    [Theory]
    [InlineData("UPDATE readings SET amount = amount + 1 WHERE start = (SELECT max(start) FROM readings)",
        "readings.changed")]
    [InlineData("UPDATE readings SET quality = 2 WHERE start = (SELECT min(start) FROM readings)",
        "readings.changed")]
    [InlineData("DELETE FROM readings WHERE start = (SELECT max(start) FROM readings)",
        "readings.rows-missing")]
    [InlineData("INSERT INTO readings SELECT meter, start + 7200000, length, amount, quality, band, load FROM readings LIMIT 1",
        "readings.rows-added")]
    [InlineData("UPDATE loads SET first = first + 900", "readings.changed")]
    public void Changed_rows_are_named_by_meter_and_record_and_repaired(string sql, string code)
    {
        Damage.Readings(_works, sql);
        using var workspace = _works.Open();
        var finding = workspace.Verify().Findings.About(code, _record);
        Assert.Contains("M1", Catalogue.English.Render(finding), StringComparison.Ordinal);
        Assert.Empty(workspace.RepairReadings());
        Assert.Empty(workspace.Verify().Findings);
        Assert.Equal(_delivery.Electricity, workspace.Electricity());
    }

    [Fact]
    public void Sums_that_do_not_agree_with_the_rows_are_named_and_made_again()
    {
        Damage.Readings(_works, "UPDATE rollup_month SET sum = sum + 1");
        using var workspace = _works.Open();
        Assert.Equal("readings.rollup", Assert.Single(workspace.Verify().Findings).Code);
        Assert.Empty(workspace.Verify().Findings);
        Assert.Equal(_delivery.Electricity, workspace.Electricity());
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("garbage")]
    public void A_file_that_cannot_be_opened_is_made_again_from_the_evidence(string how)
    {
        var path = Damage.ReadingsFile(_works);
        switch (how)
        {
            case "gone":
                File.Delete(path);
                break;
            case "cut":
                using (var file = new FileStream(path, FileMode.Open)) file.SetLength(file.Length / 3);
                break;
            default:
                File.WriteAllBytes(path, how == "empty" ? [] : [.. Enumerable.Repeat((byte)'x', 100_000)]);
                break;
        }
        using (var workspace = _works.Open())
        {
            Assert.False(workspace.IsReadOnly);
            // A file cut behind its first pages may open and fail when it is read.
            if (workspace.Verify().Findings.Any(f => f.Code == "readings.damaged"))
                Assert.Empty(workspace.RepairReadings());
            Assert.Empty(workspace.Verify().Findings);
            Assert.Equal(_delivery.Electricity, workspace.Electricity());
            Assert.Equal(ReadBooks.Rows, workspace.GetStatus().Meters.Single().Count);
            if (how is "cut" or "garbage")
                Assert.Contains(workspace.Health, f => f.Code == "readings.setAside");
        }
        using var again = _works.Open();
        Assert.Empty(again.Health);
    }

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public void A_bit_turned_anywhere_in_the_file_never_changes_a_total()
    {
        var path = Damage.ReadingsFile(_works);
        var sound = File.ReadAllBytes(path);
        var random = new Random(11);
        for (var i = 0; i < (Length.IsLong ? 24 : 4); i++)
        {
            File.WriteAllBytes(path, sound);
            File.Delete(path + ".wal");
            Damage.Flip(path, random.Next(0, sound.Length));
            using var workspace = _works.Open();
            if (workspace.Verify().Findings.Count > 0) Assert.Empty(workspace.RepairReadings());
            Assert.Empty(workspace.Verify().Findings);
            Assert.Equal(_delivery.Electricity, workspace.Electricity());
        }
    }

    [Fact]
    public void Without_its_evidence_a_meter_is_refused_and_never_answered_too_low()
    {
        File.Delete(Damage.ReadingsFile(_works));
        Damage.Flip(Damage.EvidenceFile(_works, Meter), 500);
        using var workspace = _works.Open();
        workspace.Health.About("readings.absent", _record);
        var changed = Assert.Single(workspace.Health, f => f.Code == "evidence.changed");
        Assert.Equal("meter-1.csv", changed.Place?.File);
        Assert.Equal("readings.absent",
            Assert.Throws<RefusedException>(() => workspace.GetStatus()).Finding.Code);
        var findings = workspace.Verify().Findings;
        findings.About("readings.absent", _record);
        Assert.Equal(Meter, Assert.Single(findings, f => f.Code == "file.changed").Place?.File);
        // Taken back, it no longer stands in the way of the rest.
        workspace.Reverse(_record, "its file is damaged");
        Assert.Equal(_delivery.Diesel, workspace.GetStatus().Entries.Single().Sum);
        Assert.Empty(workspace.GetStatus().Meters.Where(m => m.Count > 0));
    }

    [Fact]
    public void A_missing_file_is_named_with_its_batch()
    {
        File.Delete(Damage.EvidenceFile(_works, Meter));
        using var workspace = _works.Open();
        var finding = Assert.Single(workspace.Verify().Findings);
        Assert.Equal(("evidence.lost", "meter-1.csv"), (finding.Code, finding.Place?.File));
        Assert.Equal(workspace.State().BatchOf(_record).Position, finding.Place?.Record);
        // The same file once more puts it back.
        workspace.Commit(_delivery.Files, workspace.Plan(_delivery.Files, [], true), new ImportChoices());
        Assert.Empty(workspace.Verify().Findings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Beside_a_damaged_journal_nothing_is_written_and_all_is_answered(bool readingsDamagedToo)
    {
        Damage.Journal(_works, "UPDATE journal SET unscaled = unscaled + 1 WHERE seq = 20");
        if (readingsDamagedToo) File.WriteAllBytes(Damage.ReadingsFile(_works), [1, 2, 3, 4, 5]);
        var before = Contents();
        using (var workspace = _works.Open())
        {
            Assert.True(workspace.IsReadOnly);
            workspace.Health.About("chain.hash", 20);
            Assert.Equal(readingsDamagedToo, workspace.Health.Any(f => f.Code == "readings.damaged"));
            Assert.Equal(_delivery.Electricity, workspace.Electricity());
            Assert.Equal("workspace.readOnly",
                Assert.Throws<RefusedException>(workspace.RepairReadings).Finding.Code);
        }
        Assert.Equal(before, Contents());
    }

    /// <summary>The log of the last load is still beside the file when a process was killed.</summary>
    [Fact]
    public void A_log_left_by_a_kill_is_read_beside_a_damaged_journal_too()
    {
        var more = _works.Deliver(2, 50);
        Works copy;
        using (var workspace = _works.Open())
        {
            workspace.Commit(more.Files, workspace.Plan(more.Files, [], true), new ImportChoices());
            Assert.True(File.Exists(Damage.ReadingsFile(_works) + ".wal"));
            copy = new Works(_works);
        }
        using var held = copy;
        Damage.Journal(copy,
            "UPDATE journal SET unscaled = unscaled + 1 WHERE seq = (SELECT max(seq) FROM journal)");
        using var damaged = copy.Open();
        Assert.True(damaged.IsReadOnly);
        Assert.Equal(_delivery.Electricity + more.Electricity, damaged.Electricity());
    }

    /// <summary>
    /// Every file that is part of the books, with its hash; SQLite's own two beside the journal left out.
    /// </summary>
    private string Contents() => string.Join('\n', Directory
        .EnumerateFiles(_works.Folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) is not ("lock" or "journal.db-wal" or "journal.db-shm"))
        .Order(StringComparer.Ordinal).Select(f => f + " " + Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))));

    public void Dispose() => _works.Dispose();
}

/// <summary>Books with one import, opened and summed once; each test damages a copy.</summary>
public sealed class ReadBooks : IDisposable
{
    internal const int Rows = 3000;

    public ReadBooks()
    {
        Delivery = Works.Deliver(1, Rows);
        using var workspace = Works.Open();
        workspace.Commit(Delivery.Files, workspace.Plan(Delivery.Files, [], true), new ImportChoices());
        Record = workspace.State().Records.Single(r => r.Body is ReadingsRecord).Position;
        Assert.Equal(Delivery.Electricity, workspace.Electricity());
    }

    internal Works Works { get; } = new();

    internal Delivery Delivery { get; }

    internal long Record { get; }

    public void Dispose() => Works.Dispose();
}
