using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>Own statements that are made from a footprint of the books.</summary>
public sealed partial class Footprints
{
    private const string QuestionName = "products.footprint";

    /// <summary>Makes a statement of a footprint of the books, or says what is missing for it.</summary>
    /// <param name="spec">The spec of products.footprint.</param>
    /// <param name="product">Id of the product; null where the answer has one alone.</param>
    /// <param name="facts">What a person says, by the names of <see cref="StatementFact.All"/>.</param>
    /// <param name="text">The language of its sentences.</param>
    /// <param name="at">The position of the books; null for now.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RefusedException">
    /// footprint.rate.product: no such product, or several; what the question refuses.
    /// </exception>
    public Drafted Draft(string spec, string? product, JsonObject facts, Catalogue text, long? at = null,
        CancellationToken cancel = default)
    {
        var asked = Workspace.Ask(Questions.Get(QuestionName), spec, at, cancel);
        var report = (FootprintReport)asked.Answer.Report;
        if (report.Products.Where(p => product is null || p.Product == product).ToList() is not [var stated])
            throw RefusedException.Of("footprint.rate.product", ("products",
                string.Join(", ", report.Products.Select(p => p.Product))));
        using var said = JsonDocument.Parse(facts.ToJsonString());
        var read = StatementDraft.Of(new StatementBasis
        {
            Report = report, Product = stated, Registers = asked.View!.Registers,
            Packs = Workspace.LibraryOf(asked.Packs), Text = text, Id = Guid.NewGuid(),
            Created = NodaTime.Instant.FromUnixTimeSeconds(Workspace.Now.ToUnixTimeSeconds()),
            Own = Own(),
        }, said.RootElement);
        return new Drafted(asked, stated.Product, read);
    }

    /// <summary>
    /// Keeps a statement that was made from the books. Its register item says of which question, spec and
    /// position, so that its numbers can be asked for again.
    /// </summary>
    /// <exception cref="RefusedException">footprint.state.faulty: something is still to be said.</exception>
    public Appended Keep(Drafted drafted)
    {
        if (drafted.Read.Statement is not { } statement)
            throw RefusedException.Of("footprint.state.faulty", ("count",
                drafted.Read.Findings.Count(f => f.Severity == Severity.Error)));
        return Add(statement, StatementText.Write(statement, "pact", indented: true).Utf8,
            $"{statement.Id}.json", null, FormattableString.Invariant(
                $"{QuestionName} {drafted.Product} @{drafted.Asked.Position} {drafted.Asked.SpecJson}"));
    }
}

/// <summary>A statement that was made from the books, not kept yet.</summary>
/// <param name="Asked">What was asked and answered.</param>
/// <param name="Product">Id of the product.</param>
/// <param name="Read">The statement, or what is missing.</param>
public sealed record Drafted(Asked Asked, string Product, StatementRead Read);
