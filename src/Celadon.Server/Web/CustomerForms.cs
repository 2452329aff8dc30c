using Celadon.Store;
using Celadon.Store.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>What is answered to customers, and consents that are given, limited and taken back.</summary>
internal static class CustomerForms
{
    public static void Map(RouteGroupBuilder forms)
    {
        Do("fulfil", "fulfilled", (letters, _, form) => letters.Fulfil(form("id"),
            form("seen").Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Do("reject", "rejected", (letters, _, form) => letters.Reject(form("id"), form("reason")));
        Do("dismiss", "dismissed", (letters, _, form) => letters.Dismiss(form("id")));
        Do("allow", "allowed", (_, footprints, form) => footprints.Allow(form("customer"), form("product"),
            form("from"), form("until") is { Length: > 0 } until ? until : null, form("ground")));
        Do("limit", "limited", (_, footprints, form) => footprints.Limit(form("id"), form("until")));
        Do("revoke", "revoked", (_, footprints, form) => footprints.Revoke(form("id")));

        void Do(string what, string done,
            Func<Correspondence, Footprints, Func<string, string>, Appended> change) =>
            forms.MapForm("/products/customers/" + what, async (HttpContext http, string lang, Books books) =>
            {
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                var footprints = new Footprints(books.Whole);
                Flash.Set(http, done, change(new Correspondence(footprints), footprints,
                    name => form[name].ToString()).Batch);
                return Forms.SeeOther($"/{lang}/products/customers");
            });
    }
}
