using Celadon.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>What is answered to customers, and consents that are taken back.</summary>
internal static class CustomerForms
{
    public static void Map(RouteGroupBuilder forms)
    {
        Do("fulfil", "fulfilled", (letters, _, id, _) => letters.Fulfil(id).Batch);
        Do("reject", "rejected", (letters, _, id, reason) => letters.Reject(id, reason).Batch);
        Do("dismiss", "dismissed", (letters, _, id, _) => letters.Dismiss(id).Batch);
        Do("revoke", "revoked", (_, footprints, id, _) => footprints.Revoke(id).Batch);

        void Do(string what, string done, Func<Correspondence, Footprints, string, string, long> change) =>
            forms.MapForm("/products/customers/" + what, async (HttpContext http, string lang, Books books) =>
            {
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                var footprints = new Footprints(books.Whole);
                Flash.Set(http, done, change(new Correspondence(footprints), footprints,
                    form["id"].ToString(), form["reason"].ToString()));
                return Forms.SeeOther($"/{lang}/products/customers");
            });
    }
}
