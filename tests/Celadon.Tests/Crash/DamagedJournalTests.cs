using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Tests.Crash;

/// <summary>
/// A journal changed from outside is named by record, read as far as it goes, and never written again.
/// </summary>
public sealed class DamagedJournalTests : IClassFixture<SmallBooks>, IDisposable
{
    private readonly Works _works;
    private readonly Delivery _delivery;

    public DamagedJournalTests(SmallBooks books) =>
        (_works, _delivery) = (new Works(books.Works), books.Delivery);

    public static TheoryData<string, string, long> Changes => new()
    {
        { "UPDATE journal SET unscaled = unscaled + 1 WHERE seq = 20", "chain.hash", 20 },
        { "UPDATE journal SET \"row\" = \"row\" + 1 WHERE seq = 47", "chain.hash", SmallBooks.LastEntry },
        { "UPDATE journal SET hash = zeroblob(32) WHERE seq = 20", "chain.hash", 20 },
        { "UPDATE journal SET body = replace(body, 'Stoke', 'Stake') WHERE seq = 4", "chain.hash", 4 },
        { "UPDATE journal SET body = replace(body, '{', '[') WHERE seq = 4", "chain.hash", 4 },
        { "UPDATE journal SET body = replace(body, '{', '[') WHERE seq = 3", "chain.hash", 3 },
        { "UPDATE journal SET body = replace(body, '\"at\"', '\"it\"') WHERE seq = 6", "chain.hash", 6 },
        { "UPDATE journal SET body = replace(body, 'M1', 'M2') WHERE seq = 7", "chain.hash", 7 },
        { "UPDATE shape SET resource = 'petrol'", "chain.hash", SmallBooks.FirstEntry },
        { "UPDATE shape SET \"to\" = 'sitx:stoke'", "chain.unreadable", SmallBooks.FirstEntry },
        { "UPDATE shape SET facts = replace(facts, '{', '<')", "chain.unreadable", SmallBooks.FirstEntry },
        { "UPDATE shape SET facts = replace(facts, '\"}', '\" }')", "chain.hash", SmallBooks.FirstEntry },
        { "UPDATE shape SET \"from\" = \"from\" || ' '", "chain.unreadable", SmallBooks.FirstEntry },
        { "UPDATE evidence SET ref = replace(ref, substr(ref, 1, 1), 'g')", "chain.hash",
            SmallBooks.FirstEntry },
        { "DELETE FROM evidence", "chain.unreadable", SmallBooks.FirstEntry },
        { "DELETE FROM journal WHERE seq = 20", "chain.gap", 20 },
        { "DELETE FROM journal WHERE seq > 40", "chain.gap", 41 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_behind_the_last_check_is_found_by_verify_and_remembered(string sql, string code,
        long record)
    {
        using (var whole = _works.Open()) Assert.Empty(whole.Verify().Findings);
        Damage.Journal(_works, sql);
        using (var workspace = _works.Open())
        {
            workspace.Verify().Findings.About(code, record);
            AssertFrozen(workspace);
        }
        using (var again = _works.Open())
        {
            again.Health.About(code, record);
            AssertFrozen(again);
        }
    }

    [Fact]
    public void A_change_since_the_last_check_is_found_on_opening()
    {
        Damage.Journal(_works, "UPDATE journal SET unscaled = unscaled + 1 WHERE seq = 20");
        using var workspace = _works.Open();
        var finding = workspace.Health.About("chain.hash", 20);
        Assert.Contains("20", Catalogue.English.Render(finding), StringComparison.Ordinal);
        Assert.NotNull(Catalogue.English.Remedy(finding));
        AssertFrozen(workspace);
        Assert.Equal(SmallBooks.Rows, workspace.GetStatus().Entries.Single().Count);
        Assert.Equal(_delivery.Electricity, workspace.Electricity());
    }

    [Fact]
    public void A_file_that_is_no_journal_is_refused_by_its_path()
    {
        File.WriteAllText(Workspace.JournalPath(_works.Folder), new string('x', 10_000));
        foreach (var part in (string[])["-wal", "-shm"])
            File.Delete(Workspace.JournalPath(_works.Folder) + part);
        var refused = Assert.Throws<RefusedException>(_works.Open);
        Assert.Equal("workspace.damaged", refused.Finding.Code);
        Assert.Contains("journal.db", Catalogue.English.Render(refused.Finding), StringComparison.Ordinal);
    }

    /// <summary>
    /// Wherever a bit turns in the file, the workspace does not open as if nothing were, or is the same.
    /// </summary>
    [Fact]
    public void A_bit_turned_anywhere_in_the_file_is_found_or_changes_nothing()
    {
        string head;
        using (var whole = _works.Open()) head = whole.Verify().Head;
        var path = Workspace.JournalPath(_works.Folder);
        var sound = File.ReadAllBytes(path);
        var random = new Random(7);
        var found = 0;
        for (var i = 0; i < 40; i++)
        {
            File.WriteAllBytes(path, sound);
            foreach (var part in (string[])["-wal", "-shm"]) File.Delete(path + part);
            Damage.Flip(path, random.Next(100, sound.Length));
            if (!Found(head)) continue;
            found++;
        }
        Assert.True(found >= 10, $"{found} of 40 were found; a small journal fills most of its pages.");
    }

    private bool Found(string head)
    {
        try
        {
            using var workspace = _works.Open();
            var verified = workspace.Verify();
            if (workspace.IsReadOnly || verified.Findings.Count > 0) return true;
            Assert.Equal(head, verified.Head);
            Assert.Equal(_delivery.Diesel, workspace.GetStatus().Entries.Single().Sum);
            Assert.Equal(_delivery.Electricity, workspace.Electricity());
            return false;
        }
        catch (RefusedException refused)
        {
            Assert.Equal("workspace.damaged", refused.Finding.Code);
            return true;
        }
    }

    private void AssertFrozen(Workspace workspace)
    {
        Assert.True(workspace.IsReadOnly);
        if (workspace.Registers().Find<Site>("stoke") is not null)
            Assert.True(workspace.GetStatus().IsReadOnly);
        else Assert.Equal("meter.site", Assert.Throws<RefusedException>(workspace.GetStatus).Finding.Code);
        var more = _works.Deliver(2, 5);
        var head = workspace.Journal.Head();
        foreach (var write in (Action[])[
            () => workspace.Commit(more.Files, workspace.Plan(more.Files, [], true), new ImportChoices()),
            () => workspace.Append("register", []), () => workspace.Reverse(6, "no")])
            Assert.Equal("workspace.readOnly", Assert.Throws<RefusedException>(write).Finding.Code);
        Assert.Equal(head.Hash, workspace.Journal.Head().Hash);
        Assert.False(File.Exists(Damage.EvidenceFile(_works, more.Files[0].Sha256)));
    }

    public void Dispose() => _works.Dispose();
}

/// <summary>Books with one small import, not checked since; each test damages a copy.</summary>
public sealed class SmallBooks : IDisposable
{
    internal const int Rows = 40;

    // Position 1 adopts no packs; 2 to 5 organisation, site, meter; 6 the import, 7 its readings, then its
    // entries.
    internal const long FirstEntry = 8, LastEntry = FirstEntry + Rows - 1;

    public SmallBooks()
    {
        Delivery = Works.Deliver(1, Rows);
        using var workspace = Works.Open();
        workspace.Commit(Delivery.Files, workspace.Plan(Delivery.Files, [], true), new ImportChoices());
        Assert.Equal(LastEntry, workspace.Journal.Head().Position);
        Assert.IsType<ReadingsRecord>(workspace.Journal.Range(7, 7, 1).Single().Body);
    }

    internal Works Works { get; } = new();

    internal Delivery Delivery { get; }

    public void Dispose() => Works.Dispose();
}
