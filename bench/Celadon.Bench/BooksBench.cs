using System.Security.Cryptography;
using Celadon.Ledger;
using Celadon.Store.Journal;
using NodaTime;

namespace Celadon.Bench;

internal static class BooksBench
{
    public static int Run(string? results)
    {
        var folder = Directory.CreateTempSubdirectory("celadon-bench-").FullName;
        var entries = Entries.Make(1_000_000).ToList();
        var number = 0;
        var header = new BatchRecord(Instant.FromUtc(2026, 11, 23, 0, 0), "bench", "import", [], "", "");
        var ours = Stopwatches.Time(3, () =>
        {
            using var journal = JournalFile.Create(Path.Combine(folder, $"journal{number++}.db"), "bench");
            journal.Append(header, _ => entries.Select(e => new EntryRecord(e)));
        });
        var plain = Stopwatches.Time(3, () => PlainSqlite.Insert(Path.Combine(folder, $"plain{number++}.db"), entries));
        Console.WriteLine($"append {Stopwatches.Median(ours):F2} s, plain {Stopwatches.Median(plain):F2} s, ratio {Stopwatches.Median(plain) / Stopwatches.Median(ours):F2}");
        using var check = JournalFile.Open(Path.Combine(folder, "journal0.db"), readOnly: true);
        var lines = check.Lines().Select(l => System.Text.Encoding.UTF8.GetBytes(l.Line)).ToList();
        var bytes = lines.Sum(l => (long)l.Length + 32);
        var verify = Stopwatches.Time(3, () => check.VerifyChain(0, ChainFormat.Genesis("bench"), new List<Break>()));
        var sha = Stopwatches.Time(3, () =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var last = new byte[32];
            foreach (var line in lines)
            {
                hash.AppendData(last);
                hash.AppendData(line);
                hash.GetHashAndReset(last);
            }
        });
        var whole = lines.SelectMany(l => l).ToArray();
        var shaWhole = Stopwatches.Time(3, () => SHA256.HashData(whole));
        Console.WriteLine($"verify {Stopwatches.Median(verify):F2} s over {bytes / 1e6:F0} MB; sha per record {Stopwatches.Median(sha):F2} s; sha in one {Stopwatches.Median(shaWhole):F2} s");
        Directory.Delete(folder, true);
        return 0;
    }
}
