using System.Globalization;
using System.Net;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Tests.Server;

/// <summary>A meter read by hand, from its first version to a reading that is not believed.</summary>
public sealed class ReadingPageTests(ServedSample served) : IClassFixture<ServedSample>
{
    private static readonly byte[] Jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meter_is_added_and_read_with_a_photo_and_the_step_is_what_passed()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var books = server.Sample.Books;
        var id = await Added(guest);
        Assert.Equal(("grid:water", "site:stoke", MeterReading.Counter),
            (books.Registers.Find<Meter>(id)!.From, books.Registers.Find<Meter>(id)!.To,
                books.Registers.Find<Meter>(id)!.Reading));
        using var first = await Read(guest, id, "2026-09-01T08:00", "1000");
        Assert.Equal($"/en/ledger/reading?meter={id}", first.Headers.Location!.OriginalString);
        using var second = await Read(guest, id, "2026-10-01T08:00", "1300.5", Jpeg);
        Assert.Equal($"/en/ledger/reading?meter={id}", second.Headers.Location!.OriginalString);
        var now = books.NowOf(books.Registers.Find<Meter>(id)!);
        Assert.Equal((Amount.Parse("1300.5"), Amount.Parse("10")), (now.Value!.Value, now.PerDay!.Value));
        var batch = books.Batches(null, 1)[0].Header;
        Assert.Equal(2, batch.Files.Length);
        Assert.Equal("photo.jpg", batch.Files[1].Name);
        Assert.Contains(batch.Files[1].Sha256, System.Text.Encoding.UTF8
            .GetString(books.EvidenceBytes(batch.Files[0].Sha256)!), StringComparison.Ordinal);
        var photo = await guest.GetStringAsync($"/en/ledger/evidence/{batch.Files[1].Sha256}", Cancel);
        Assert.Contains($"<img class=\"proof\" src=\"/evidence/{batch.Files[1].Sha256}\"", photo,
            StringComparison.Ordinal);
        using var picture = await guest.GetAsync($"/evidence/{batch.Files[1].Sha256}", Cancel);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("900", "reading.below")]
    [InlineData("9000", "reading.high")]
    public async Task A_reading_that_does_not_fit_waits_and_says_why(string value, string code)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var books = server.Sample.Books;
        var id = await Added(guest);
        (await Read(guest, id, "2026-09-01T08:00", "1000")).Dispose();
        (await Read(guest, id, "2026-09-21T08:00", "1200")).Dispose();
        var before = books.Head.Position;
        using var doubtful = await Read(guest, id, "2026-10-01T08:00", value);
        var preview = doubtful.Headers.Location!.OriginalString;
        Assert.StartsWith("/en/ledger/import/", preview, StringComparison.Ordinal);
        Assert.Equal(before, books.Head.Position);
        Assert.Contains(books.StagedBy(preview[^32..])!.Findings, f => f.Code == code);
        using var agreed = await RunningServer.Post(guest, preview, preview + "/commit");
        Assert.Equal(HttpStatusCode.SeeOther, agreed.StatusCode);
        Assert.Equal(Amount.Parse(value), books.NowOf(books.Registers.Find<Meter>(id)!).Value);
    }

    [Fact]
    public async Task A_roll_over_is_said_and_recorded()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var books = server.Sample.Books;
        var id = await Added(guest, "10000");
        (await Read(guest, id, "2026-09-01T08:00", "9900")).Dispose();
        using var rolled = await Read(guest, id, "2026-09-11T08:00", "100");
        Assert.Equal($"/en/ledger/reading?meter={id}", rolled.Headers.Location!.OriginalString);
        Assert.Equal(Amount.Parse("20"), books.NowOf(books.Registers.Find<Meter>(id)!).PerDay);
    }

    [Theory]
    [InlineData("2026-10-01T08:00", "-5")]
    [InlineData("2026-10-01T08:00", "many")]
    [InlineData("yesterday", "10")]
    [InlineData("2027-01-01T08:00", "10")]
    public async Task What_no_counter_shows_is_refused(string time, string value)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var id = await Added(guest);
        var before = server.Sample.Books.Head.Position;
        using var answer = await Read(guest, id, time, value);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task A_photo_that_is_no_picture_is_refused()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var id = await Added(guest);
        using var answer = await Read(guest, id, "2026-10-01T08:00", "10", "<html>"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static async Task<string> Added(HttpClient guest, string modulus = "")
    {
        using var added = await RunningServer.Post(guest, "/en/ledger/reading", "/en/ledger/reading/meter",
            ("name", "Yard tap"), ("kind", "water-supply|m3"), ("place", "stoke|"), ("modulus", modulus));
        return added.Headers.Location!.OriginalString.Split('=')[1];
    }

    private static async Task<HttpResponseMessage> Read(
        HttpClient guest, string meter, string time, string value, byte[]? photo = null)
    {
        using var form = new MultipartFormDataContent
        {
            {
                new StringContent(await RunningServer.TokenOf(guest, $"/en/ledger/reading?meter={meter}")),
                "form"
            },
            { new StringContent(meter), "meter" }, { new StringContent(time), "at" },
            { new StringContent(value), "value" }, { new StringContent(""), "note" },
        };
        if (photo is not null) form.Add(new ByteArrayContent(photo), "photo", "photo.jpg");
        return await RunningServer.Ended(guest, await guest.PostAsync("/en/ledger/reading", form, Cancel));
    }
}
