using System.Globalization;
using Celadon.Server.Safety;
using Celadon.Store.Import.Reading;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>A reading by hand with its photo, and a meter that is read by hand.</summary>
internal static class ReadingForms
{
    private const int LargestPhoto = 25_000_000;
    private const int LongestNote = 200;

    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapForm("/ledger/reading", Take)
            .WithMetadata(new RequestSizeLimitAttribute(LargestPhoto + 1024 * 1024));
        forms.MapForm("/ledger/reading/meter", AddMeter);
    }

    private static async Task<IResult> Take(HttpContext http, string lang, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var note = form["note"].ToString().Trim();
        if (note.Length > LongestNote) note = note[..LongestNote];
        var meter = form["meter"].ToString();
        var given = new GivenReading(meter, form["at"].ToString(), form["value"].ToString(), note,
            await PhotoOf(form, http.RequestAborted));
        var (batch, waiting) = await Task.Run(() => books.TakeReading(given, CancellationToken.None),
            CancellationToken.None);
        if (waiting is not null) return Forms.SeeOther($"/{lang}/ledger/import/{waiting}");
        Flash.Set(http, "read", batch);
        return Forms.SeeOther($"/{lang}/ledger/reading?meter={Uri.EscapeDataString(meter)}");
    }

    private static async Task<SourceFile?> PhotoOf(IFormCollection form, CancellationToken cancel)
    {
        if (form.Files.GetFile("photo") is not { Length: > 0 } file) return null;
        if (file.Length > LargestPhoto) throw RefusedException.Of("serve.tooLarge");
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancel);
        return new SourceFile(FileNames.Plain(file.FileName), bytes.ToArray());
    }

    private static async Task<IResult> AddMeter(HttpContext http, string lang, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["kind"].ToString().Split('|') is not [var resource, var unit]
            || form["place"].ToString().Split('|') is not [var site, var place])
            throw RefusedException.Of("reading.newMeter");
        var id = books.AddMeter(form["name"].ToString().Trim(), lang, site, resource, unit, place,
            form["modulus"].ToString().Trim());
        return Forms.SeeOther($"/{lang}/ledger/reading?meter={Uri.EscapeDataString(id)}");
    }
}
