using System.IO.Compression;
using System.Text;
using Celadon.Ledger;
using Celadon.Server;
using Celadon.Server.Reports;
using Celadon.Store;
using Celadon.Tests.Cli;
using Celadon.Tests.Example;
using Celadon.Text;

namespace Celadon.Tests.Export;

/// <summary>
/// An evidence pack of the example works: whole, the same again, and damaged in every part.
/// </summary>
[Collection("example")]
public sealed class EvidencePackTests(ExampleWorks works)
{
    private static readonly Lock Making = new();
    private static byte[]? _made;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_whole_pack_holds_and_says_what_it_could_not_check()
    {
        var verified = Verify(Whole());
        Assert.Empty(verified.Findings);
        Assert.Equal(("site", works.Workspace.Journal.Head().Position), (verified.Report, verified.Position));
        Assert.Equal(Convert.ToHexStringLower(works.Workspace.Journal.Head().Hash), verified.Head);
        foreach (var what in (string[])["files", "chain", "entries", "evidence", "packs", "answers", "sums",
            "numbers", "formulas"])
            Assert.True(verified.Checked.Where(c => c.What == what).Sum(c => c.Count) > 0, what);
        Assert.Contains(verified.NotChecked, f => f.Code == "pack.notChecked.readings");
        Assert.Contains(verified.NotChecked, f => f.Code == "pack.notChecked.documents");
    }

    [Fact]
    public async Task The_same_position_gives_the_same_bytes() =>
        Assert.Equal(Whole(), await Make(works.Workspace));

    [Theory]
    [InlineData("report.en.html", "pack.fileChanged")]
    [InlineData("answers/a1.json", "pack.fileChanged")]
    [InlineData("workbook.xlsx", "pack.fileChanged")]
    [InlineData("entries.csv", "pack.fileChanged")]
    [InlineData("README.txt", "pack.fileChanged")]
    public void A_changed_file_is_named(string path, string code)
    {
        var verified = Verify(With(Whole(), path, bytes => [.. bytes, (byte)' ']));
        Assert.Contains(verified.Findings, f => f.Code == code && f.Place!.File == path);
    }

    [Fact]
    public void A_missing_and_an_added_file_are_named()
    {
        var findings = Verify(With(With(Whole(), "entries.csv", _ => null), "extra.txt", _ => [1])).Findings;
        Assert.Contains(findings, f => f.Code == "pack.fileMissing" && f.Place!.File == "entries.csv");
        Assert.Contains(findings, f => f.Code == "pack.fileExtra" && f.Place!.File == "extra.txt");
    }

    /// <summary>
    /// Who changes a file and the manifest too is found by what the files say of each other.
    /// </summary>
    [Theory]
    [InlineData("report.zh.html", ">727.50</a>", ">627.50</a>", "pack.numberDiffers")]
    [InlineData("answers/a1.json", "\"500509.66787659\"", "\"400509.66787659\"", "pack.sumDiffers")]
    [InlineData("journal.txt", "\tinvoiced\t", "\tmeasured\t", "pack.chainBroken")]
    [InlineData("entries.json", "\"value\": \"25.7\"", "\"value\": \"26.7\"", "pack.entryDiffers")]
    public void A_change_with_its_manifest_is_found(string path, string old, string fresh, string code)
    {
        var changed = With(Whole(), path, bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (path == "entries.json" && !text.Contains(old, StringComparison.Ordinal))
                (old, fresh) = ("\"unit\": \"t\"", "\"unit\": \"kg\"");
            Assert.Contains(old, text, StringComparison.Ordinal);
            return Encoding.UTF8.GetBytes(text.Replace(old, fresh, StringComparison.Ordinal));
        }, forged: true);
        var verified = Verify(changed);
        Assert.DoesNotContain(verified.Findings, f => f.Code == "pack.fileChanged");
        Assert.Contains(verified.Findings, f => f.Code == code);
    }

    [Fact]
    public async Task Withdrawn_evidence_is_shown_as_withdrawn()
    {
        using var books = works.Copy();
        var file = books.Workspace.State().Batches.SelectMany(b => ((BatchRecord)b.Body).Files)
            .First(f => f.Name == "waste.csv");
        books.Workspace.Withdraw(file.Sha256, "names a person");
        var pack = await Make(books.Workspace);
        var verified = Verify(pack);
        Assert.Empty(verified.Findings);
        var told = Assert.Single(verified.NotChecked, f => f.Code == "pack.withdrawn");
        Assert.Equal(("waste.csv", "names a person"), (told.Args["name"], told.Args["reason"]));
        using var zip = new ZipArchive(new MemoryStream(pack));
        Assert.DoesNotContain(zip.Entries, e => e.FullName.Contains(file.Sha256, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_pack_is_refused()
    {
        Assert.Equal("pack.unreadable",
            Assert.Throws<RefusedException>(() => Verify([1, 2, 3])).Finding.Code);
        Assert.Equal("pack.unreadable",
            Assert.Throws<RefusedException>(() => Verify(Whole()[..^500])).Finding.Code);
        using var empty = new MemoryStream();
        using (new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true))
        {
        }
        Assert.Equal("pack.notOurs",
            Assert.Throws<RefusedException>(() => Verify(empty.ToArray())).Finding.Code);
    }

    [Fact]
    public async Task Verify_needs_no_workspace()
    {
        var folder = Directory.CreateTempSubdirectory("celadon-pack-").FullName;
        try
        {
            var path = Path.Combine(folder, "pack.zip");
            await File.WriteAllBytesAsync(path, Whole(), Cancel);
            var ran = (await Terminal.Run(folder, "verify", "pack.zip", "--json")).Ends(0);
            Assert.Equal(0, ran.Json.GetProperty("findings").GetArrayLength());
            await File.WriteAllBytesAsync(path, With(Whole(), "entries.csv", b => [.. b, (byte)'x']), Cancel);
            Assert.Contains("entries.csv", (await Terminal.Run(folder, "verify", "pack.zip")).Ends(1).Error,
                StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PackVerified Verify(byte[] pack) =>
        PackVerifier.Verify(new MemoryStream(pack), "pack.zip");

    private byte[] Whole()
    {
        lock (Making) return _made ??= Make(works.Workspace).GetAwaiter().GetResult();
    }

    private static async Task<byte[]> Make(Workspace workspace)
    {
        using var books = Books.Of(workspace);
        var file = await ReportFile.Write(books, new ReportOrder("site", "en", "2025-10/2026-09"), Cancel);
        return await ReportOutput.Bytes(file!, "zip", books, Cancel);
    }

    /// <summary>
    /// A pack with a file changed, taken out (null) or added; forged: the manifest agrees with the change.
    /// </summary>
    private static byte[] With(byte[] pack, string path, Func<byte[], byte[]?> change, bool forged = false)
    {
        var files = new Dictionary<string, byte[]>();
        using (var zip = new ZipArchive(new MemoryStream(pack)))
        {
            foreach (var entry in zip.Entries)
            {
                using var bytes = new MemoryStream();
                using (var stream = entry.Open()) stream.CopyTo(bytes);
                files[entry.FullName] = bytes.ToArray();
            }
        }
        var before = files.GetValueOrDefault(path, []);
        if (change(before) is { } after) files[path] = after;
        else files.Remove(path);
        if (forged)
            files["manifest.json"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files["manifest.json"])
                .Replace(Hash(before), Hash(files[path]), StringComparison.Ordinal));
        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }
        return made.ToArray();
    }

    private static string Hash(byte[] bytes) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
