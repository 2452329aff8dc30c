using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Journal;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Celadon.Tests.Store;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-journal-").FullName;

    private string FilePath => Path.Combine(_folder, "journal.db");

    private static readonly BatchRecord Header = new(
        Instant.FromUtc(2026, 10, 1, 8, 0), "a1", "import", [], "", "");

    private static Entry Diesel(int row, string litres) => new(
        Node.Parse("supplier:fuels"), Node.Parse("stock:diesel"), "diesel", Amount.Parse(litres), "L",
        new Period(Instant.FromUtc(2026, 9, row, 0, 0), Instant.FromUtc(2026, 9, row + 1, 0, 0)),
        Basis.Invoiced,
        new Evidence.FileRow(new string('a', 64), "diesel.csv", "", row), Facts.Of(("supplier", "fuels")));

    [Fact]
    public void Positions_are_gapless_and_each_batch_opens_with_its_header()
    {
        using var journal = JournalFile.Create(FilePath, "w1");
        var first = journal.Append(Header, _ =>
            [new EntryRecord(Diesel(1, "2000")), new EntryRecord(Diesel(2, "10.5"))]);
        var second = journal.Append(Header, _ => [new ReversalRecord(2, "twice", "")]);
        Assert.Equal((1, 3), (first.Batch, first.Last));
        Assert.Equal((4, 5), (second.Batch, second.Last));
        var all = journal.Range(1, 10, 10);
        Assert.Equal([1, 2, 3, 4, 5], all.Select(r => r.Position));
        Assert.Equal(Diesel(2, "10.5"), ((EntryRecord)all[2].Body).Entry);
    }

    [Fact]
    public void The_hash_of_a_record_can_be_had_with_nothing_but_sha256_over_the_specified_text()
    {
        using var journal = JournalFile.Create(FilePath, "w1");
        var appended = journal.Append(Header, _ => [new EntryRecord(Diesel(1, "2000.50"))]);
        const string batchLine = "1\tbatch\t1\t{\"at\":\"2026-10-01T08:00:00Z\",\"actor\":\"a1\"," +
            "\"purpose\":\"import\",\"files\":[],\"map\":\"\",\"note\":\"\"}";
        var entryLine =
            "2\tentry\t1\t2000.5\t2026-09-01T00:00:00Z\t2026-09-02T00:00:00Z\t1\tsupplier:fuels\t" +
            "stock:diesel\tdiesel\tL\t-\tinvoiced\t{\"supplier\":\"fuels\"}\tfile\t" + new string('a', 64) +
            "\tdiesel.csv\t";
        var hash = Sha("celadon-journal/1 w1"u8.ToArray());
        hash = Sha([.. hash, .. System.Text.Encoding.UTF8.GetBytes(batchLine)]);
        hash = Sha([.. hash, .. System.Text.Encoding.UTF8.GetBytes(entryLine)]);
        Assert.Equal(Convert.ToHexStringLower(hash), appended.Head);
    }

    [Theory]
    [InlineData("UPDATE journal SET unscaled = 1 WHERE seq = 2")]
    [InlineData("DELETE FROM journal WHERE seq = 2")]
    [InlineData("INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 2")]
    [InlineData("REPLACE INTO journal(seq,kind,batch,hash,body) VALUES (1,0,1,zeroblob(32),'{}')")]
    [InlineData("INSERT INTO journal(seq,kind,batch,hash,body) VALUES (9,0,1,zeroblob(32),'{}')")]
    [InlineData("UPDATE shape SET facts = '{}'")]
    [InlineData("DELETE FROM shape")]
    [InlineData("INSERT OR REPLACE INTO shape SELECT * FROM shape")]
    [InlineData("UPDATE evidence SET ref = 'x'")]
    [InlineData("DELETE FROM evidence")]
    [InlineData("INSERT OR REPLACE INTO evidence SELECT * FROM evidence")]
    public void Sqlite_itself_refuses_to_change_a_record(string sql)
    {
        using (var journal = JournalFile.Create(FilePath, "w1"))
            journal.Append(Header, _ => [new EntryRecord(Diesel(1, "2000"))]);
        using var plain = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        plain.Open();
        using var command = plain.CreateCommand();
        command.CommandText = sql;
        var refused = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Equal(19, refused.SqliteErrorCode);
    }

    [Theory]
    [InlineData("UPDATE journal SET unscaled = unscaled + 1 WHERE seq = 3", 3)]
    [InlineData("UPDATE journal SET \"row\" = 9 WHERE seq = 2", 2)]
    [InlineData("UPDATE journal SET body = replace(body, 'a1', 'a2') WHERE seq = 1", 1)]
    [InlineData("UPDATE evidence SET name = 'diesel.csw'", 2)]
    [InlineData("UPDATE shape SET facts = '{\"supplier\":\"fuelz\"}'", 2)]
    [InlineData("DELETE FROM journal WHERE seq = 3", 3)]
    public void One_byte_changed_behind_its_back_is_found_and_named(string tamper, long position)
    {
        using (var journal = JournalFile.Create(FilePath, "w1"))
        {
            journal.Append(Header, _ => Enumerable.Range(1, 9).Select(i => new EntryRecord(Diesel(i, "20"))));
            var clean = new List<Break>();
            journal.VerifyChain(0, ChainFormat.Genesis("w1"), clean);
            Assert.Empty(clean);
        }
        using (var plain = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            plain.Open();
            using var command = plain.CreateCommand();
            command.CommandText = "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete; " +
                "DROP TRIGGER shape_no_update; DROP TRIGGER evidence_no_update; " + tamper;
            command.ExecuteNonQuery();
        }
        using var reopened = JournalFile.Open(FilePath, readOnly: true);
        var breaks = new List<Break>();
        reopened.VerifyChain(0, ChainFormat.Genesis("w1"), breaks);
        Assert.Equal(position, breaks[0].Position);
    }

    [Fact]
    public void A_failing_append_leaves_nothing_behind()
    {
        using var journal = JournalFile.Create(FilePath, "w1");
        journal.Append(Header, _ => [new EntryRecord(Diesel(1, "1"))]);
        var head = journal.Head();
        Assert.Throws<Celadon.Text.RefusedException>(() => journal.Append(Header, _ =>
            [new EntryRecord(Diesel(1, "2")), new EntryRecord(Diesel(1, "0.0000000000000000001"))]));
        Assert.Equal(head.Position, journal.Head().Position);
        Assert.Equal(head.Hash, journal.Head().Hash);
    }

    private static byte[] Sha(byte[] bytes) => System.Security.Cryptography.SHA256.HashData(bytes);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
