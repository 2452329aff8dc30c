using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Api;

/// <summary>
/// Reading the books over HTTP: plain decimals with their unit, times in UTC, pages by cursor.
/// </summary>
internal static class ReadApi
{
    public static IResult Status(Books books) => Json(StatusJson.Write(books.Status));

    public static IResult Records(HttpContext http, Books books)
    {
        var listing = books.Records(new RecordQuery(ApiRequest.Text(http, "site"), PeriodOf(http),
            ApiRequest.Text(http, "kind"), ApiRequest.Text(http, "resource"), BasisOf(http),
            ApiRequest.Whole(http, "batch"), ApiRequest.Text(http, "evidence"), ApiRequest.Text(http, "q"),
            ApiRequest.Whole(http, "cursor"), ApiRequest.Take(http)));
        return Page(http, listing.Rows.Select(RecordNodes.Write), listing.Next, listing.Total);
    }

    public static IResult Record(HttpContext http, Books books, long position)
    {
        if (books.Record(position) is not { } found) return Absent(http, "record", position);
        var record = RecordNodes.Write(found.Row);
        record["hash"] = found.Hash;
        record["evidenceWithdrawn"] = found.Withdrawn;
        if (found.Reverses is { } target) record["reverses"] = target.Position;
        if (!found.Versions.IsDefaultOrEmpty)
            record["versions"] = new JsonArray([.. found.Versions.Select(v => (JsonNode)v)]);
        return Json(record);
    }

    public static IResult Batches(HttpContext http, Books books)
    {
        var take = ApiRequest.Take(http);
        var found = books.Batches(ApiRequest.Whole(http, "cursor"), take + 1);
        return Page(http, found.Take(take).Select(RecordNodes.Write),
            found.Count > take ? found[take - 1].Position : null);
    }

    public static IResult Registers(HttpContext http, Books books)
    {
        var type = ApiRequest.Text(http, "type");
        if (type is not null && !RegisterSet.Types.ContainsKey(type))
            throw RefusedException.Of("api.choice", ("name", "type"), ("value", type),
                ("choices", string.Join(", ", RegisterSet.Types.Keys)));
        return Json(new JsonObject
        {
            ["items"] = new JsonArray([.. books.Registers.All.Where(i => type is null || i.Type == type)
                .Select(i => (JsonNode)new JsonObject
                {
                    ["type"] = i.Type, ["id"] = i.Item.Id, ["position"] = i.Position,
                    ["item"] = JsonNode.Parse(RegisterSet.Write(i.Item)),
                })]),
        });
    }

    public static IResult Readings(HttpContext http, Books books, string meter)
    {
        if (books.Registers.Find<Meter>(meter) is not { } known) return Absent(http, "meter", meter);
        var month = ApiRequest.Text(http, "month");
        if (!MonthSpan.TryParse(month, out var span) || span.Count != 1)
            throw RefusedException.Of("api.month", ("value", month ?? ""));
        var after = ApiRequest.Whole(http, "cursor") is { } second
            ? Instant.FromUnixTimeSeconds(second) : Instant.MinValue;
        var take = ApiRequest.Take(http);
        var leaves = books.ReadingsOf(known, span.First)
            .Where(leaf => leaf.Period.Start > after).Take(take + 1).ToList();
        return Page(http, leaves.Take(take).Select(leaf => new JsonObject
        {
            ["start"] = InstantPattern.ExtendedIso.Format(leaf.Period.Start),
            ["end"] = InstantPattern.ExtendedIso.Format(leaf.Period.End),
            ["amount"] = RecordNodes.Book(leaf.Amount, known.Unit),
            ["quality"] = ((ReadingQuality)leaf.Quality).ToString().ToLowerInvariant(),
            ["interpolated"] = leaf.Interpolated, ["record"] = leaf.Batch,
        }), leaves.Count > take ? leaves[take - 1].Period.Start.ToUnixTimeSeconds() : null);
    }

    public static IResult Evidence(HttpContext http, Books books)
    {
        var take = ApiRequest.Take(http);
        var skip = (int)Math.Min(ApiRequest.Whole(http, "cursor") ?? 0, int.MaxValue - take);
        var files = books.Evidence(skip, take + 1);
        return Page(http, files.Take(take).Select(file => new JsonObject
        {
            ["sha256"] = file.Sha256, ["name"] = file.Name, ["bytes"] = file.Bytes,
            ["received"] = InstantPattern.ExtendedIso.Format(file.Received), ["batch"] = file.Batch,
            ["withdrawn"] = file.Withdrawn, ["content"] = $"/evidence/{file.Sha256}",
        }), files.Count > take ? skip + take : null);
    }

    /// <summary>JSON as the API writes it.</summary>
    public static IResult Json(JsonNode node) =>
        Results.Text(node.ToJsonString(Twins.Indented), "application/json", Encoding.UTF8);

    /// <summary>A page of items; the cursor of the next stands in the body and in a Link header.</summary>
    internal static IResult Page(HttpContext http, IEnumerable<JsonObject> items, long? next,
        long? total = null)
    {
        var page = new JsonObject { ["items"] = new JsonArray([.. items]) };
        if (total is { } count) page["total"] = count;
        page["next"] = next?.ToString(CultureInfo.InvariantCulture);
        if (next is { } cursor)
        {
            var query = http.Request.Query.Where(q => q.Key != "cursor")
                .Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()))
                .Append(new("cursor", cursor.ToString(CultureInfo.InvariantCulture)));
            http.Response.Headers.Link = $"<{http.Request.Path}{QueryString.Create(query)}>; rel=\"next\"";
        }
        return Json(page);
    }

    private static MonthSpan? PeriodOf(HttpContext http)
    {
        if (ApiRequest.Text(http, "period") is not { } text) return null;
        return MonthSpan.TryParse(text, out var span) ? span
            : throw RefusedException.Of("api.period", ("value", text));
    }

    private static Basis? BasisOf(HttpContext http)
    {
        if (ApiRequest.Text(http, "basis") is not { } text) return null;
        return Enum.TryParse<Basis>(text, true, out var basis) && Enum.IsDefined(basis) ? basis
            : throw RefusedException.Of("api.choice", ("name", "basis"), ("value", text),
                ("choices", string.Join(", ", Enum.GetValues<Basis>().Select(ChainFormat.NameOf))));
    }

    internal static IResult Absent(HttpContext http, string kind, object id) =>
        Refusal.Result(http, StatusCodes.Status404NotFound, Finding.Of("api.absent", Severity.Error, null,
            ("kind", "api.kind." + kind), ("id", id)));
}
