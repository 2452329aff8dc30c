using Celadon.Ledger;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Pages;

/// <summary>The own footprint statements in the books: what each says, who may have it and who has it.
/// </summary>
/// <param name="at">The page's context.</param>
/// <param name="own">The statements, oldest first.</param>
/// <param name="nameOf">What a customer is called.</param>
internal sealed class OwnStatements(
    PageContext at, IReadOnlyList<ProductFootprintStatement> own, Func<string, string> nameOf)
{
    private const int PageLength = 50;
    private readonly Instant _now = at.Books.Whole.Now;

    /// <summary>The products they name, by name.</summary>
    public IReadOnlyList<(string Urn, string Name)> Products { get; } = [.. own
        .SelectMany(s => s.ProductIds.Select(urn => (Urn: urn, s.Product)))
        .GroupBy(p => p.Urn, (urn, named) => (Urn: urn, Name: named.Last().Product))
        .OrderBy(p => p.Name, StringComparer.Create(at.Text.Culture, ignoreCase: true))
        .ThenBy(p => p.Urn, StringComparer.Ordinal)];

    /// <summary>What a product is called by the latest statement that names it, or null.</summary>
    public string? NameOf(string urn) => Products.FirstOrDefault(p => p.Urn == urn).Name;

    /// <summary>What a choice of it says: its name, with its identifier where others have that name too.
    /// </summary>
    public string LabelOf(string urn) => NameOf(urn) is not { } name ? urn
        : Products.Count(p => p.Name == name) > 1 ? $"{name} · {urn}" : name;

    /// <summary>As a table, the latest first.</summary>
    public Table Table(IReadOnlyList<(long Position, Instant At, StatementSentRecord Statement)> sent)
    {
        var skip = (int)(at.Number("skip", 0, int.MaxValue / 2) ?? 0);
        var consents = at.Books.Registers.Of<Consent>().Where(c => c.IsInForce(_now)).ToList();
        var given = sent.ToLookup(s => s.Statement.What);
        var shown = own.Reverse().Skip(skip).Take(PageLength).ToList();
        return new Table("statements", at.L("exchange.page.own"),
        [
            new("statement", at.L("web.register.product")), new("period", at.L("web.frame.period")),
            new("value", at.L("exchange.page.value"), Align.Number),
            new("per", at.L("exchange.page.per")), new("status", at.L("web.col.state")),
            new("consents", at.L("exchange.page.allowed")), new("sent", at.L("exchange.page.sentTo")),
        ], [.. shown.Select(s => Line(s, consents, [.. given[$"footprint {s.Id}"]]))])
        {
            Pager = own.Count <= PageLength ? null : new Pager(at.L("web.pager.range", ("first", skip + 1),
                ("last", skip + shown.Count), ("total", own.Count)),
                skip + PageLength < own.Count ? at.Here(("skip", $"{skip + PageLength}")) : null,
                skip == 0 ? null : at.Here(("skip", null))),
        };
    }

    private Row Line(ProductFootprintStatement s, IEnumerable<Consent> consents,
        IReadOnlyList<(long Position, Instant At, StatementSentRecord Statement)> sent)
    {
        var may = consents.Where(c => s.ProductIds.Contains(c.Product)).Select(c => c.Customer).Distinct();
        var has = sent.Select(g => g.Statement.To).Distinct();
        return Row.Of(new Words(s.Product)
            {
                Key = s.Id.ToString(), Below = string.Join(' ', s.ProductIds),
                Tags = [(at.L("exchange.page.file"), at.IsFile ? null : HrefOf(s))],
            }, new Words(PeriodOf(s.Pcf))
                { Key = $"{s.Pcf.ReferenceStart}/{s.Pcf.ReferenceEnd}", Class = "nb" },
            new Web.Plain(s.Pcf[PcfValue.ExcludingUptake]!.Value) { Unit = "kg CO2e" },
            new Words($"{Text.Catalogue.Number(s.Pcf.UnitCount)} {UnitOf(s.Pcf.Unit)}")
                { Key = $"{s.Pcf.UnitCount} {s.Pcf.Unit}" },
            StateOf(s), Names(may, at.L("exchange.page.nobody")),
            sent.Count == 0 ? Names([], at.L("exchange.page.nobody"))
                : Names(has, "") with { Below = LocalDatePattern.Iso.Format(sent[0].At.InUtc().Date) });
    }

    private string HrefOf(ProductFootprintStatement s) =>
        $"/{at.Text.Language}{StatementFiles.Place}/{s.Id}.json";

    private Words Names(IEnumerable<string> ids, string none)
    {
        var list = ids.ToList();
        return list.Count == 0 ? new Words(none) { Key = "", Class = "quiet" }
            : new Words(string.Join(at.L("names.and"), list.Select(nameOf))) { Key = string.Join(' ', list) };
    }

    private State StateOf(ProductFootprintStatement s) => s.Status == StatementStatus.Deprecated
        ? new State(Web.Verdict.Outside, at.L("exchange.page.replaced"))
        : _now > s.CountsUntil ? new State(Web.Verdict.Outside, at.L("exchange.page.ended"))
        : _now < s.CountsFrom ? new State(Web.Verdict.Cannot, at.L("exchange.page.later"))
        : new State(Web.Verdict.Pass, at.L("exchange.page.active"));

    /// <summary>Whole months by name; in the time of the site whose days it keeps, else in UTC.</summary>
    private string PeriodOf(Pcf pcf)
    {
        var zones = at.Books.Registers.Of<Site>()
            .Select(s => Quantities.SiteZone.Find(s.Zone)?.Zone).OfType<DateTimeZone>();
        var zone = zones.FirstOrDefault(z => IsMidnight(pcf.ReferenceStart, z)
            && IsMidnight(pcf.ReferenceEnd, z)) ?? DateTimeZone.Utc;
        var (first, end) = (pcf.ReferenceStart.InZone(zone).Date, pcf.ReferenceEnd.InZone(zone).Date);
        return IsMidnight(pcf.ReferenceStart, zone) && IsMidnight(pcf.ReferenceEnd, zone)
            && (first.Day, end.Day) == (1, 1)
            ? Show.Months(at.Text, new Quantities.MonthSpan(
                first.ToYearMonth(), end.PlusDays(-1).ToYearMonth()))
            : Show.Span(at.Text, new Quantities.Period(pcf.ReferenceStart, pcf.ReferenceEnd), zone);

        static bool IsMidnight(Instant time, DateTimeZone zone) =>
            time.InZone(zone).TimeOfDay == LocalTime.Midnight;
    }

    private string UnitOf(string unit) => at.L("statement.unit." + unit.Replace(' ', '-'));
}
