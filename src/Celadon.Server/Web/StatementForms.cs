using Celadon.Server.Pages;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>A statement that was looked at is kept: made again from the very address it was shown under.
/// </summary>
internal static class StatementForms
{
    public static void Map(RouteGroupBuilder forms, ServeOptions options) =>
        forms.MapForm(StatementPage.Place, (HttpContext http, string lang, Books books) =>
        {
            var page = new StatementPage(new PageContext(http, books, options, StatementPage.Place));
            if (page.Drafted is not { } drafted)
                throw new RefusedException(page.Refused ?? Finding.Of("footprint.state.with", Severity.Error,
                    null));
            Flash.Set(http, "stated", new Footprints(books.Whole).Keep(drafted).Batch);
            return Forms.SeeOther($"/{lang}/products/customers");
        });
}
