using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Pages;

/// <summary>
/// One month of a site: what closing would post, what is missing, what the account says; and, once it is
/// closed, what was kept and how to open it again.
/// </summary>
public sealed class ClosingPage : Page
{
    private readonly Names _names;

    private ClosingPage(PageContext at, SiteMonth month) : base(at)
    {
        _names = new Names(at);
        Month = month;
        var span = new MonthSpan(month.Month, month.Month);
        Expected = [.. SiteMonth.CellsOf(at.Books, month.Site.Id, month.Month, at.Period)];
        Posted = PostedOf();
        try
        {
            var (question, spec) = Lenses.Questions.KeptAtClosing(month.Site.Id, span)[0];
            Account = Spot.Of(at.Books.Ask(question.Name, spec, null, at.Http.RequestAborted));
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>The page of the site and month in the path, or null.</summary>
    public static ClosingPage? Find(PageContext at) =>
        MonthSpan.TryParse((string?)at.Http.GetRouteValue("month"), out var span) && span.Count == 1
            && at.Books.Registers.Find<Site>(SiteIn((string?)at.Http.GetRouteValue("site") ?? "")) is { } site
            ? new ClosingPage(at, SiteMonth.Of(at.Books, site, span.First, at.Period)) : null;

    /// <summary>
    /// Where the page of a month is; a slash in a site's id is part of its name, not of the path.
    /// </summary>
    internal static string PathOf(string site, string month) =>
        $"/ledger/closing/{Uri.EscapeDataString(site)}/{month}";

    /// <summary>
    /// The site that a part of a path names: of what is escaped in it the server leaves the slash alone.
    /// </summary>
    internal static string SiteIn(string part) =>
        part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The month.</summary>
    public SiteMonth Month { get; }

    /// <summary>What is expected, source by source, and what of it is there.</summary>
    public IReadOnlyList<(CoverageSource Source, MonthCoverage Month)> Expected { get; }

    /// <summary>What closing posts, or what it posted.</summary>
    public Table Posted { get; }

    /// <summary>The account of the month; null when it was refused.</summary>
    public Spot? Account { get; }

    /// <summary>Why there is no account.</summary>
    public Finding? Refused { get; }

    /// <summary>True when it can be closed now.</summary>
    public bool CanClose => Month.State is MonthState.Ready or MonthState.Missing && !IsReadOnly;

    /// <summary>True when nothing can be written.</summary>
    public bool IsReadOnly => At.Books.Head.Condition == ChainCondition.Damaged;

    /// <summary>Sources that are missing or known in part: name and what is there.</summary>
    public IEnumerable<(string Source, MonthCoverage Month)> Gaps => Expected
        .Where(s => s.Month.State != CoverageState.Present)
        .Select(s => (_names.OfSource(s.Source), s.Month));

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "closing";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(ClosingView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Posted];

    /// <inheritdoc/>
    public override string Title => At.L(Month.State switch
    {
        MonthState.Closed => "rooms.close.closed",
        MonthState.Running => "rooms.close.running",
        MonthState.Ready => "rooms.close.ready",
        _ => "rooms.close.missing",
    }, ("month", Show.Month(At.Text, Month.Month)), ("site", _names.OfSite(Month.Site.Id)),
        ("count", Gaps.Count()));

    /// <inheritdoc/>
    public override JsonObject Data
    {
        get
        {
            var data = new JsonObject
            {
                ["site"] = Month.Site.Id,
                ["month"] = Month.Text,
                ["state"] = Month.State.ToString().ToLowerInvariant(),
                ["closing"] = Month.Closing?.Position,
            };
            if (Account is { } account) data["answer"] = JsonNode.Parse(AnswerJson.Write(account.Asked));
            return data;
        }
    }

    private Table PostedOf()
    {
        var entries = Month.Closing is { } closing ? At.Books.PostedBy(closing)
            : At.Books.WouldPost(Month.Site.Id, Month.Month);
        return new Table("posted", At.L(Month.Closing is null ? "rooms.close.posts" : "rooms.close.posted"),
        [
            new("meter", At.L("web.field.meter")), new("resource", At.L("web.field.resource")),
            new("amount", At.L("web.col.amount"), Align.Number), new("unit", At.L("web.col.unit")),
            new("basis", At.L("web.col.basis")),
        ], [.. entries.Select(e => Row.Of(
            new Words(_names.OfMeter(e.Facts["meter"] ?? ""))
            {
                Key = e.Facts["meter"], Below = e.Facts["tariff"] is { } band ? band : null,
            },
            new Words(_names.OfResource(e.Resource)) { Key = e.Resource }, new Plain(e.Amount),
            new Words(Show.Unit(e.Unit)) { Key = e.Unit }, new Known(e.Basis)))]);
    }
}
