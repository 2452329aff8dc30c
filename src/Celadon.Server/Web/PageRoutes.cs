using Celadon.Quantities;
using Celadon.Server.Pages;
using Celadon.Server.Parts;
using Celadon.Server.Reports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Server.Web;

/// <summary>Every page with its path. Each has a .json twin, and a .csv twin when it holds a table.</summary>
internal static class PageRoutes
{
    private const string Language = "/{lang:lang}";

    public static void Map(WebApplication app, ServeOptions options)
    {
        app.MapAnswer("/", http =>
            Results.Redirect($"/{Refusal.LanguageOf(http.Request).Language}/today"));
        foreach (var (room, first) in Rooms)
            app.MapAnswer(Language + room, http =>
                Results.Redirect($"/{http.GetRouteValue("lang")}{first}"));
        foreach (var (path, make) in Pages) MapPage(app, path, make, options);
        Forms.Map(app, Language, options);
        BillFiles.Map(app, Language);
        StatementFiles.Map(app, Language);
        ReportRoutes.Map(app, Language);
    }

    /// <summary>Where a room's own address leads.</summary>
    private static (string Room, string First)[] Rooms =>
    [
        ("", "/today"), ("/ledger", "/ledger/records"), ("/carbon", "/carbon/inventory"),
        ("/products", "/products/footprint"),
    ];

    private static IEnumerable<(string Path, Func<PageContext, Page?> Make)> Pages =>
    [
        ("/ledger/records", at => new RecordsPage(at)),
        ("/ledger/records/{position:long}", RecordPage.Find),
        ("/today", at => new TodayPage(at)),
        ("/ledger/import", at => new ImportPage(at)),
        ("/ledger/import/{token:length(32)}", ImportPlanPage.Find),
        ("/ledger/batches", at => new BatchesPage(at)),
        ("/ledger/batches/{position:long}", BatchPage.Find),
        ("/ledger/evidence", at => new EvidenceListPage(at)),
        ("/ledger/evidence/{sha256}", EvidencePage.Find),
        ("/ledger/closing", at => new ClosingsPage(at)),
        ("/ledger/closing/{site}/{month}", ClosingPage.Find),
        ("/ledger/override", OverridePage.Find),
        ("/ledger/costs", at => new CostsPage(at)),
        ("/ledger/reading", at => new ReadingPage(at)),
        ("/ledger/map", at => new MapPage(at)),
        ("/ledger/export", at => new ExportPage(at)),
        ("/ledger/jobs/{job:length(32)}", JobPage.Find),
        ("/ledger/packs", at => new PacksPage(at)),
        ("/ledger/packs/{pack}", PackPage.Find),
        ("/ledger/factors", at => new FactorsPage(at)),
        ("/ledger/databases", at => new DatabasesPage(at)),
        ("/ledger/databases/import/{token:length(32)}", DatabaseImportPage.Find),
        ("/ledger/databases/{database}", DatabasePage.Find),
        ("/ledger/databases/{database}/process", ProcessPage.Find),
        ("/energy", at => new EnergyPage(at)),
        ("/energy/base", at => new EnergyBasePage(at)),
        ("/carbon/inventory", at => new InventoryPage(at)),
        ("/carbon/change", at => new ChangePage(at)),
        ("/carbon/tiers", at => new TiersPage(at)),
        ("/carbon/reports", at => new ReportListPage(at)),
        ("/carbon/reports/{report}", ReportPage.Find),
        ("/products/footprint", at => new FootprintPage(at)),
        (StatementPage.Place, at => new StatementPage(at)),
        ("/products/declaration", at => new DeclarationPage(at)),
        ("/products/comparison", at => new DeclarationComparisonPage(at)),
        ("/products/assess", at => new AssessPage(at)),
        ("/products/breakEven", at => new BreakEvenPage(at)),
        ("/products/compare", at => new ComparePage(at)),
        ("/products/circular", at => new CircularPage(at)),
        ("/products/ecodesign", at => new EcoDesignPage(at)),
        ("/products/lives", at => new LivesPage(at)),
        ("/products/customers", at => new CustomersPage(at)),
        ("/ledger/flows", at => new FlowsPage(at)),
        ("/patterns", at => new PatternsPage(at)),
        ("/search", at => new SearchPage(at)),
        ("/why", WhyPage.Find),
        ("/why/change", SumPage.OfChange),
        ("/why/line", SumPage.OfLine),
        ("/why/month", SumPage.OfMonth),
        ("/why/flow", SumPage.OfFlow),
        ("/why/place", SumPage.OfPlace),
        ("/why/cost", SumPage.OfCost),
        ("/why/coverage", SumPage.OfCoverage),
        ("/why/load", SumPage.OfLoad),
        ("/why/day", SumPage.OfDay),
    ];

    private static void MapPage(
        WebApplication app, string path, Func<PageContext, Page?> make, ServeOptions options)
    {
        app.MapAnswer(Language + path, http =>
        {
            var books = http.RequestServices.GetRequiredService<Books>();
            var at = new PageContext(http, books, options, PathOf(http, ""));
            if (SpanOf(http) is { } span) return Results.Redirect(
                at.Here(("from", null), ("to", null), ("period", span)));
            return make(at) switch
            {
                null => NoPage(http),
                (WhyPage or SumPage) and var why when at["part"] == "drawer" =>
                    new RazorComponentResult<Drawer>(new { Page = why }),
                { Onward: { } onward } => Results.Redirect(onward),
                EnergyPage { Asked: not null } energy when at["part"] == "day" =>
                    new RazorComponentResult<EnergyDay>(new { Page = energy }),
                var page => Html(page, http.RequestServices.GetRequiredService<IAntiforgery>()),
            };
        });
        foreach (var (twin, write) in TwinKinds)
        {
            if (twin == Workbook && !HaveWorkbooks.Contains(path)) continue;
            app.MapAnswer($"{Language}{path}.{twin}", http =>
                make(new PageContext(http, http.RequestServices.GetRequiredService<Books>(), options,
                    PathOf(http, "." + twin))) is { } page && write(page) is { } file ? file : NoPage(http));
        }
    }

    /// <summary>Where the rehearsed page stands.</summary>
    internal const string Rehearsed = "/en/ledger/export";

    /// <summary>A page that needs nothing but the frame of all pages.</summary>
    internal static IResult Rehearsal(HttpContext http) => Html(
        new ExportPage(new PageContext(http, http.RequestServices.GetRequiredService<Books>(),
            http.RequestServices.GetRequiredService<ServeOptions>(), PathOf(http, ""))),
        http.RequestServices.GetRequiredService<IAntiforgery>());

    private static readonly (string Twin, Func<Page, IResult?> Write)[] TwinKinds =
        [("json", Twins.Json), ("csv", Twins.Csv), ("svg", Twins.Drawing), (Workbook, Twins.Workbook)];

    private const string Workbook = "xlsx";

    /// <summary>Pages whose whole answer is a workbook too.</summary>
    private static readonly string[] HaveWorkbooks = ["/products/assess", "/products/compare"];

    /// <summary>A page in its frame, as the answer to a request.</summary>
    internal static RazorComponentResult<Document> Html(Page page, IAntiforgery forgery)
    {
        var at = page.At;
        at.Frame = new Frame([.. at.Books.Registers.Of<Registers.Site>()],
            at.Period is { } period ? at.Books.CoverageOf(at.Site, period) : null,
            forgery.GetAndStoreTokens(at.Http), Flash.Take(at.Http));
        at.Http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<Document>(new { Page = page }) { StatusCode = page.Status };
    }

    private static IResult NoPage(HttpContext http) => Refusal.Result(http, StatusCodes.Status404NotFound,
        Text.Finding.Of("web.noPage", Text.Severity.Error, null, ("path", http.Request.Path.Value ?? "/")));

    /// <summary>The path without the language before it and the twin behind it.</summary>
    private static string PathOf(HttpContext http, string twin)
    {
        var path = http.Request.Path.Value![3..];
        return path[..^twin.Length];
    }

    /// <summary>The two lists of the period picker, as the period they mean.</summary>
    private static string? SpanOf(HttpContext http) =>
        http.Request.Query["from"].ToString() is { Length: > 0 } from
            && http.Request.Query["to"].ToString() is { Length: > 0 } to
            && (MonthSpan.TryParse($"{from}/{to}", out var span)
                || MonthSpan.TryParse($"{to}/{from}", out span))
            ? span.ToString() : null;
}
