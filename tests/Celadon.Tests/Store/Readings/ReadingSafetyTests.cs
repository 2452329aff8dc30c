using Celadon.Quantities;
using Celadon.Store.Readings;
using Celadon.Text;

namespace Celadon.Tests.Store.Readings;

/// <summary>Ends of the process between the steps of an append, tampering, locks and damage.</summary>
public class ReadingSafetyTests
{
    private static readonly long[] Amounts = [.. Enumerable.Range(1, 100).Select(i => (long)i)];

    [Fact]
    public void An_end_before_the_journals_commit_counts_nothing_and_the_repeat_counts_once()
    {
        using var books = new ReadingBooks();
        var series = ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts);
        books.Store.Load(series);
        Assert.Equal([series.ContentSha256], books.Reopen().Unacknowledged);
        Assert.Empty(books.Months("2026"));
        books.Append(series);
        Assert.Equal("50.5", books.Total("2026").ToString());
        Assert.Empty(books.Reopen().Unacknowledged);
        Assert.Equal("50.5", books.Total("2026").ToString());
    }

    [Fact]
    public void An_end_after_the_journals_commit_loses_nothing()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-02-01T00:00:00", 1800, Amounts));
        Assert.Equal("50.5", books.Total("2026").ToString());
        var series = ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts);
        books.Store.Load(series);
        books.Record(series);
        var health = books.Reopen();
        Assert.Empty(health.Absent);
        Assert.Equal(["50.5", "50.5"], books.Months("2026").Select(month => month.Sum.ToString()));
    }

    [Fact]
    public void A_copy_of_the_files_at_any_moment_holds_what_was_committed()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts));
        // The process is still writing: the log beside the file has what no checkpoint has moved yet.
        var copy = books.Path + ".copy";
        File.Copy(books.Path, copy);
        File.Copy(books.Path + ".wal", copy + ".wal");
        using var store = ReadingStore.Open(copy);
        store.Heal(books.Records, books.Reversals);
        Assert.Equal(books.Months("2026"),
            store.MonthsAt([ReadingBooks.London], MonthSpan.Parse("2026"), books.Head));
        Assert.Empty(store.Verify(books.Records));
    }

    [Fact]
    public void A_torn_end_of_the_log_takes_away_only_what_was_not_committed()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts));
        var (copy, whole) = (books.Path + ".copy", new FileInfo(books.Path + ".wal").Length);
        books.Store.Load(ReadingBooks.Grid("2026-02-01T00:00:00", 1800, Amounts));
        var log = File.ReadAllBytes(books.Path + ".wal");
        foreach (var length in new[] { whole, whole + 1, (whole + log.Length) / 2, log.Length - 1L })
        {
            File.Copy(books.Path, copy, overwrite: true);
            File.WriteAllBytes(copy + ".wal", log[..(int)length]);
            using var store = ReadingStore.Open(copy);
            Assert.Empty(store.Heal(books.Records, books.Reversals).Absent);
            Assert.Empty(store.Verify(books.Records));
        }
    }

    [Theory]
    [InlineData("UPDATE readings SET amount = amount + 1 WHERE load = 2 AND start % 86400 = 1800",
        "readings.changed")]
    [InlineData("UPDATE readings SET quality = 1 WHERE load = 2", "readings.changed")]
    [InlineData("UPDATE readings SET length = length - 1 WHERE load = 2", "readings.changed")]
    [InlineData("UPDATE readings SET start = start + 1 WHERE load = 2", "readings.changed")]
    [InlineData("UPDATE readings SET meter = 1 WHERE load = 2", "readings.changed")]
    [InlineData("UPDATE readings SET band = 7 WHERE load = 2 AND start % 86400 = 0", "readings.changed")]
    [InlineData("UPDATE bands SET name = 'x'", "readings.changed")]
    [InlineData("UPDATE loads SET longest = 60 WHERE id = 2", "readings.changed")]
    [InlineData("UPDATE loads SET scale = 3 WHERE id = 2", "readings.changed")]
    [InlineData("UPDATE loads SET sha256 = 'ff' WHERE id = 2", "readings.absent")]
    [InlineData("DELETE FROM readings WHERE load = 2 AND amount = 5", "readings.rows-missing")]
    [InlineData("DELETE FROM readings WHERE load = 2", "readings.rows-missing")]
    [InlineData("INSERT INTO readings SELECT * FROM readings WHERE load = 2 AND amount = 5",
        "readings.rows-added")]
    [InlineData("UPDATE readings SET load = 9 WHERE load = 2 AND amount = 5", "readings.rows-missing")]
    public void A_change_of_stored_readings_is_found_and_named(string sql, string code)
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts, meter: "other"));
        var batch = books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts));
        books.Append(ReadingBooks.Grid("2026-02-01T00:00:00", 1800, Amounts));
        Assert.Empty(books.Store.Verify(books.Records));
        Assert.Equal(books.Records[1].Record.ContentSha256, books.Store.ContentHashOf(batch));
        books.Tamper(sql);
        if (sql.Contains("readings", StringComparison.Ordinal))
            Assert.NotEqual(books.Records[1].Record.ContentSha256, books.Store.ContentHashOf(batch));
        var findings = books.Store.Verify(books.Records);
        var finding = findings.Single(f => f.Place?.Record == batch);
        Assert.Equal((code, "m"), (finding.Code, finding.Args["meter"]));
        if (sql.Contains("load = 9", StringComparison.Ordinal))
            Assert.Equal("readings.unknown", findings[^1].Code);
    }

    [Fact]
    public void Changed_readings_are_restored_from_their_evidence()
    {
        using var books = new ReadingBooks();
        var series = ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts);
        books.Append(series);
        Assert.Equal("50.5", books.Total("2026").ToString());
        books.Tamper("UPDATE readings SET amount = 0");
        Assert.NotEmpty(books.Store.Verify(books.Records));
        books.Store.Restore(series);
        Assert.Empty(books.Store.Verify(books.Records));
        Assert.Equal("50.5", books.Total("2026").ToString());
    }

    [Fact]
    public void A_changed_rollup_is_found_and_made_again()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts));
        books.Total("2026");
        books.Tamper("UPDATE rollup_month SET sum = sum + 1");
        Assert.Equal("50.51", books.Total("2026").ToString());
        Assert.Equal("m", Assert.Single(books.Store.VerifyRollups([ReadingBooks.London])).Args["meter"]);
        Assert.Equal("50.5", books.Total("2026").ToString());
    }

    [Fact]
    public void A_lost_or_damaged_store_refuses_and_is_rebuilt_from_the_same_contents()
    {
        using var books = new ReadingBooks();
        var series = ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts);
        books.Append(series);
        books.Append(ReadingBooks.Grid("2026-02-01T00:00:00", 1800, [5], meter: "other"));
        books.Store.Dispose();
        File.WriteAllBytes(books.Path, new byte[20_000]);
        Assert.Equal("readings.damaged",
            Assert.Throws<RefusedException>(() => ReadingStore.Open(books.Path)).Finding.Code);
        Assert.Equal(books.Path + ".damaged-1", ReadingStore.SetAside(books.Path));
        Assert.Equal(books.Records, books.Reopen().Absent);
        var refused = Assert.Throws<RefusedException>(() => books.Total("2026"));
        Assert.Equal(("readings.absent", "1", "100"),
            (refused.Finding.Code, refused.Finding.Args["position"], refused.Finding.Args["count"]));
        books.Store.Load(series);
        Assert.Equal("50.5", books.Total("2026").ToString());
        Assert.Equal("other", Assert.Single(books.Store.Health().Absent).Record.Meter);
    }

    [Fact]
    public void Damage_inside_the_file_is_a_finding()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 900,
            Enumerable.Range(0, 35_040).Select(i => (long)(i * 7919 % 15_700))));
        Assert.Equal("readings.damaged", Assert.Throws<RefusedException>(() => books.Reopen(() =>
        {
            var bytes = File.ReadAllBytes(books.Path);
            for (var i = 8192; i < bytes.Length; i += 97) bytes[i] ^= 0x5A;
            File.WriteAllBytes(books.Path, bytes);
        })).Finding.Code);
    }

    [Fact]
    public void Compaction_keeps_every_answer_and_lets_go_what_was_never_acknowledged()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-02-01T00:00:00", 1800, Amounts));
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts));
        var orphan = ReadingBooks.Grid("2026-03-01T00:00:00", 1800, Amounts);
        books.Store.Load(orphan);
        var before = books.Months("2026");
        books.Store.Compact();
        Assert.Equal([orphan.ContentSha256], books.Store.Health().Unacknowledged);
        books.Reopen();
        books.Store.Compact();
        Assert.Empty(books.Reopen().Unacknowledged);
        Assert.Equal(before, books.Months("2026"));
        Assert.Empty(books.Store.Verify(books.Records));
        Assert.Equal(100, books.Store.Load(orphan));
    }

    [Fact]
    public void Read_only_answers_the_same_without_writing()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, Amounts));
        var expected = books.Months("2026");
        books.Append(ReadingBooks.Grid("2026-02-01T00:00:00", 1800, Amounts));
        books.Store.Dispose();
        using var store = ReadingStore.Open(books.Path, readOnly: true);
        store.Heal(books.Records, books.Reversals);
        var months = store.MonthsAt([ReadingBooks.London], MonthSpan.Parse("2026"), books.Head);
        Assert.Equal(expected[0], months[0]);
        Assert.Equal("50.5", months[1].Sum.ToString());
        Assert.Equal("readings.none",
            Assert.Throws<RefusedException>(() => ReadingStore.Open(books.Path + "x", true)).Finding.Code);
    }
}
