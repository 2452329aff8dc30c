using System.Collections.Concurrent;
using System.Security.Cryptography;
using Celadon.Ledger;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime.Text;

namespace Celadon.Store;

/// <summary>A statement that a customer may have, and why.</summary>
/// <param name="Statement">As it is given: deprecated when a later one names it as replaced.</param>
/// <param name="Utf8">The bytes that are given.</param>
/// <param name="Consent">Id of the consent it rests on.</param>
public sealed record Offered(ProductFootprintStatement Statement, byte[] Utf8, string Consent);

/// <summary>
/// The footprint statements of a workspace: kept by their hash, given to customers by consent alone, and
/// every first giving of a version written into the journal before it is given.
/// </summary>
public sealed partial class Footprints(Workspace workspace)
{
    private readonly ConcurrentDictionary<string, ProductFootprintStatement> _read = new();
    private static readonly Lock Disclosing = new();

    /// <summary>The workspace.</summary>
    public Workspace Workspace { get; } = workspace;

    /// <summary>Keeps a statement that was read from a file.</summary>
    /// <param name="statement">What the file says.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="supplier">Id of the supplier it came from; null for an own one.</param>
    /// <param name="note">What it was made from, where it was made here; null for one from outside.</param>
    /// <exception cref="RefusedException">
    /// footprint.known: its id is kept already; footprint.supplier: no such supplier.
    /// </exception>
    public Appended Add(ProductFootprintStatement statement, byte[] file, string name, string? supplier,
        string? note = null)
    {
        var registers = Workspace.Registers();
        var id = statement.Id.ToString();
        if (registers.Find<KeptStatement>(id) is not null)
            throw RefusedException.Of("footprint.known", ("id", id));
        if (supplier is not null && registers.Find<Supplier>(supplier) is null)
            throw RefusedException.Of("footprint.supplier", ("supplier", supplier));
        var sha256 = Workspace.Evidence.Put(file);
        var item = new KeptStatement
        {
            Id = id, Name = new Name(statement.Product), Sha256 = sha256, Supplier = supplier, Note = note,
        };
        return Workspace.Append("register", [Version("statement", item)],
            files: [new BatchFile(name, sha256, file.Length)]);
    }

    /// <summary>
    /// What is to be recorded of statements that a supplier sent: those that are read and not kept yet. One
    /// that is kept and differs is left, for a statement never changes; only that it was deprecated is
    /// taken over.
    /// </summary>
    /// <param name="supplier">Id of the supplier.</param>
    /// <param name="statements">Each as it came.</param>
    internal (List<RecordBody> Records, List<BatchFile> Files, List<Finding> Findings) Taken(
        string supplier, IReadOnlyList<byte[]> statements)
    {
        var registers = Workspace.Registers();
        var (records, files, findings) =
            (new List<RecordBody>(), new List<BatchFile>(), new List<Finding>());
        var seen = new HashSet<string>();
        foreach (var utf8 in statements)
        {
            var read = StatementText.Read(utf8);
            findings.AddRange(read.Findings);
            if (read.Statement is not { } statement || !seen.Add(statement.Id.ToString())) continue;
            var id = statement.Id.ToString();
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(utf8));
            var known = registers.Find<KeptStatement>(id);
            if (known is not null && (known.Sha256 == sha256 || !IsDeprecated(known, statement, supplier)))
            {
                if (known.Sha256 != sha256 && (known.Supplier != supplier || Differs(known, statement)))
                    findings.Add(Finding.Of("footprint.changed", Severity.Error, null, ("id", id)));
                continue;
            }
            Workspace.Evidence.Put(utf8);
            files.Add(new BatchFile($"{id}.json", sha256, utf8.Length));
            records.Add(Version("statement", new KeptStatement
                { Id = id, Name = new Name(statement.Product), Sha256 = sha256, Supplier = supplier }));
        }
        return (records, files, findings);
    }

    private bool IsDeprecated(KeptStatement known, ProductFootprintStatement now, string supplier) =>
        known.Supplier == supplier && now.Status == StatementStatus.Deprecated
        && Workspace.Evidence.Has(known.Sha256) && Read(known) is { Status: StatementStatus.Active }
        && !Differs(known, now);

    /// <summary>True when two statements of one id say different things, their status aside.</summary>
    private bool Differs(KeptStatement known, ProductFootprintStatement now) =>
        !Workspace.Evidence.Has(known.Sha256)
        || StatementText.Pact(Read(known) with { Status = now.Status }) != StatementText.Pact(now);

    /// <summary>Keeps statements that were fetched from a supplier, in one batch.</summary>
    /// <param name="supplier">Id of the supplier.</param>
    /// <param name="statements">Each as it came.</param>
    /// <returns>How many are new, and what is wrong with others.</returns>
    /// <exception cref="RefusedException">footprint.supplier.</exception>
    public (int New, IReadOnlyList<Finding> Findings) Take(
        string supplier, IReadOnlyList<byte[]> statements)
    {
        if (Workspace.Registers().Find<Supplier>(supplier) is null)
            throw RefusedException.Of("footprint.supplier", ("supplier", supplier));
        var (records, files, findings) = Taken(supplier, statements);
        if (records.Count > 0) Workspace.Append("register", records, files: files);
        return (records.Count, findings);
    }

    /// <summary>
    /// The own statements, oldest first; one that a later one names as replaced is deprecated. A statement
    /// whose file was withdrawn is not among them.
    /// </summary>
    public IReadOnlyList<ProductFootprintStatement> Own()
    {
        var kept = Workspace.Registers().Of<KeptStatement>().Where(s => s.Supplier is null)
            .Where(s => Workspace.Evidence.Has(s.Sha256)).Select(Read).ToList();
        var replaced = kept.SelectMany(s => s.Preceding.Where(id => id != s.Id)).ToHashSet();
        return [.. kept.Select(s => replaced.Contains(s.Id)
                ? s with { Status = StatementStatus.Deprecated } : s)
            .OrderBy(s => s.Created).ThenBy(s => s.Id)];
    }

    /// <summary>A kept statement, own or received, or null.</summary>
    public ProductFootprintStatement? Find(string id) =>
        Workspace.Registers().Find<KeptStatement>(id) is { } kept && Workspace.Evidence.Has(kept.Sha256)
            ? Read(kept) : null;

    /// <summary>What a customer may have now, by the consents in force.</summary>
    public IReadOnlyList<Offered> For(string customer)
    {
        var now = Workspace.Now;
        var consents = Workspace.Registers().Of<Consent>()
            .Where(c => c.Customer == customer && c.IsInForce(now)).ToList();
        return [.. from statement in Own()
                   let consent = consents.Find(c => statement.ProductIds.Contains(c.Product))
                   where consent is not null
                   select new Offered(statement, StatementText.Write(statement, "pact", false).Utf8,
                       consent.Id)];
    }

    /// <summary>
    /// Writes into the journal, durable when this returns, that a customer is given these; a version that the
    /// customer was given before is not written again.
    /// </summary>
    public void Disclose(string customer, IReadOnlyList<Offered> given)
    {
        lock (Disclosing)
        {
            var state = Workspace.State();
            // An id may have been another's before; what that one was given does not count.
            var since = state.Standing<RegisterRecord>().LastOrDefault(r =>
                r.Body is { Type: "customer", Json: "" } gone && gone.Id == customer).Position;
            var before = state.Standing<StatementSentRecord>()
                .Where(s => s.Position > since && s.Body.To == customer && s.Body.Consent.Length > 0)
                .Select(s => s.Body.Sha256).ToHashSet();
            var records = new List<RecordBody>();
            foreach (var one in given)
            {
                var sha256 = Workspace.Kept.Put(one.Utf8);
                if (before.Add(sha256)) records.Add(new StatementSentRecord(
                    $"footprint {one.Statement.Id}", sha256, customer, one.Consent));
            }
            if (records.Count > 0) Workspace.Append("send", records);
        }
    }

    private ProductFootprintStatement Read(KeptStatement item) => _read.GetOrAdd(item.Sha256, sha256 =>
        StatementText.Read(Workspace.Evidence.Get(sha256)).Statement
            ?? throw RefusedException.Of("evidence.changed", ("sha256", sha256)));

    private static RegisterRecord Version(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));
}
