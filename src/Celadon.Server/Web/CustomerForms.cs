using Celadon.Server.Pages;
using Celadon.Store;
using Celadon.Store.Journal;
using Celadon.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Server.Web;

/// <summary>
/// Customers and partners that are made and ended, what is answered to them, and consents that are given,
/// limited and taken back.
/// </summary>
internal static class CustomerForms
{
    private const string Place = "/products/customers";

    public static void Map(RouteGroupBuilder forms, ServeOptions options)
    {
        Do("fulfil", "fulfilled", (letters, _, form) => letters.Fulfil(form("id"),
            form("seen").Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Do("reject", "rejected", (letters, _, form) => letters.Reject(form("id"), form("reason")));
        Do("dismiss", "dismissed", (letters, _, form) => letters.Dismiss(form("id")));
        Do("allow", "allowed", (_, footprints, form) => footprints.Allow(form("customer"), form("product"),
            form("from"), form("until") is { Length: > 0 } until ? until : null, form("ground")));
        Do("limit", "limited", (_, footprints, form) => footprints.Limit(form("id"), form("until")));
        Do("revoke", "revoked", (_, footprints, form) => footprints.Revoke(form("id")));
        Make(forms, options);
        Partner(forms, options);

        void Do(string what, string done,
            Func<Correspondence, Footprints, Func<string, string>, Appended> change) =>
            forms.MapForm($"{Place}/{what}", async (HttpContext http, string lang, Books books) =>
            {
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                var footprints = new Footprints(books.Whole);
                return Done(http, lang, done, change(new Correspondence(footprints), footprints,
                    name => form[name].ToString()));
            });
    }

    /// <summary>
    /// A secret is in the answer to its form and nowhere else: in no address, cookie or log.
    /// </summary>
    private static void Make(RouteGroupBuilder forms, ServeOptions options)
    {
        Said("make", (footprints, tried) => footprints.MakeCustomer(tried["id"]));
        Said("renew", (footprints, tried) => footprints.RenewSecret(tried.Meant["id"]));
        forms.MapForm($"{Place}/remove", (HttpContext http, string lang, Books books) => Tried(http, books,
            options, "remove", (_, tried) => Done(http, lang, "removed",
                new Footprints(books.Whole).RemoveCustomer(tried.Meant["id"]))));

        void Said(string what, Func<Footprints, Attempt, string> secret) => forms.MapForm($"{Place}/{what}",
            (HttpContext http, Books books) => Tried(http, books, options, what, (at, tried) =>
                PageRoutes.Html(new CustomerSecretPage(at, tried["id"],
                    secret(new Footprints(books.Whole), tried), isNew: what == "make"), Forgery(http))));
    }

    /// <summary>Where the exchange of a customer or supplier is, and who we are there.</summary>
    private static void Partner(RouteGroupBuilder forms, ServeOptions options)
    {
        Change("peer", "peered", (letters, tried) => letters.SetPeer(tried["id"], tried["address"],
            tried["auth"] is { Length: > 0 } auth ? auth : null, tried["client"],
            tried["secret"] is { Length: > 0 } secret ? secret : null));
        Change("forget", "forgotten", (letters, tried) => letters.RemovePeer(tried.Meant["id"]));

        void Change(string what, string done, Func<Correspondence, Attempt, Appended> change) =>
            forms.MapForm($"{Place}/{what}", (HttpContext http, string lang, Books books) => Tried(http,
                books, options, what, (_, tried) => Done(http, lang, done,
                    change(new Correspondence(new Footprints(books.Whole)), tried))));
    }

    /// <summary>Does what a form asks, or shows it again with what was typed and what is wrong.</summary>
    private static async Task<IResult> Tried(HttpContext http, Books books, ServeOptions options, string what,
        Func<PageContext, Attempt, IResult> change)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var at = new PageContext(http, books, options, Place);
        var tried = new Attempt(what, form.ToDictionary(f => f.Key, f => f.Value.ToString().Trim()));
        try
        {
            return change(at, tried);
        }
        catch (RefusedException refused)
            when (refused.Finding.Code.Split('.')[0] is "footprint" or "exchange")
        {
            return PageRoutes.Html(new CustomersPage(at, tried with { Finding = refused.Finding }),
                Forgery(http));
        }
    }

    private static SeeOther Done(HttpContext http, string lang, string done, Appended appended)
    {
        Flash.Set(http, done, appended.Batch);
        return Forms.SeeOther($"/{lang}{Place}");
    }

    private static IAntiforgery Forgery(HttpContext http) =>
        http.RequestServices.GetRequiredService<IAntiforgery>();
}
