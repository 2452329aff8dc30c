using Celadon.Ledger;
using Celadon.Server.Reports;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The reports that can be made for the chosen site and months, and what was sent to whom.</summary>
public sealed class ReportListPage(PageContext at) : Page(at)
{
    /// <inheritdoc/>
    public override string Section => "carbon";

    /// <inheritdoc/>
    public override string Tab => "reports";

    /// <inheritdoc/>
    public override Type View => typeof(ReportListView);

    /// <inheritdoc/>
    public override string Title => At.L("report.list.title");

    /// <summary>Name, title, what it is for, where it stands.</summary>
    public IEnumerable<(string Name, string Title, string About, string Href)> Reports =>
        ReportPage.Kinds.Select(k => (k.Name, At.L($"report.{k.Name}.title"),
            At.L($"report.{k.Name}.about"), At.Link($"/carbon/reports/{k.Name}")));

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Sent.Rows.Count > 0 ? [Sent] : [];

    /// <summary>What was sent, latest first.</summary>
    public Table Sent => SentTable.Of(At, null);
}

/// <summary>What was sent, as a table.</summary>
internal static class SentTable
{
    /// <summary>Statements sent, latest first; those whose name begins with a report's title when one is
    /// named.</summary>
    public static Table Of(PageContext at, string? report)
    {
        var names = new Names(at);
        return new Table("sent", at.L("report.sent"),
        [
            new("position", at.L("web.col.position"), Align.Number), new("time", at.L("web.col.time")),
            new("what", at.L("web.col.what")), new("to", at.L("web.field.to")),
            new("consent", at.L("web.field.consent")), new("sha256", "SHA-256"),
        ], [.. at.Books.Sent().Where(s => report is null
                || s.Statement.What.StartsWith(report + " ", StringComparison.Ordinal))
            .Select(s => Row.Of(
                new Web.Plain(Quantities.Amount.From(s.Position), at.IsFile ? null
                    : at.Link(FormattableString.Invariant($"/ledger/records/{s.Position}"))),
                new Words(Show.Time(s.At)) { Key = s.At.ToString(), Class = "nb" },
                new Words(names.OfStatement(s.Statement.What)) { Key = s.Statement.What },
                new Words(s.Statement.To), new Words(s.Statement.Consent),
                new Words(Show.Hash(s.Statement.Sha256)) { Key = s.Statement.Sha256, Class = "mono nb" }))]);
    }
}
