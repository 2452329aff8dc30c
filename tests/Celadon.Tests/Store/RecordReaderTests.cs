using System.Text.Json;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Tests.Store;

/// <summary>The short way gives what the serializer gives, or leaves the text to it.</summary>
public sealed class RecordReaderTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly PackEdition Pack = new("uk-desnz", "2026", new string('a', 64));

    private static readonly RecordBody[] Bodies =
    [
        new BatchRecord(Start, "local", "import",
            [new BatchFile("账单.csv", new string('b', 64), 12), new BatchFile("a\"b.csv", "", 0)],
            """{"columns":[1,2]}""", "two\nlines \\ and a tab\t"),
        new BatchRecord(Start + Duration.FromNanoseconds(1), "", "register", [], "", ""),
        new RegisterRecord("site", "stoke", """{"id":"stoke","name":{"en":"Stoke","zh":"斯托克"}}"""),
        new ReadingsRecord("M01", new Celadon.Quantities.Period(Start, Start + Duration.FromHours(1)), 4,
            Amount.Parse("-12.50"), 2, new string('c', 64), 1, new string('d', 64), "Sheet 1"),
        new ReversalRecord(long.MaxValue, "twice", ""),
        new OverrideRecord("flow", "grid:GB|site:stoke|electricity", "category", "3.4", "ours"),
        new ClosingRecord("stoke", new YearMonth(2026, 9), 41, new string('e', 64), [Pack, Pack], "0.1.0",
            [new KeptAnswer("carbon.inventory", "{}", new string('f', 64))]),
        new ClosingRecord("stoke", new YearMonth(2026, 9), 0, "", [], "", []),
        new PackAdoptedRecord(Pack),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Bodies.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Reads_what_is_written_as_the_serializer_does(int which)
    {
        var body = Bodies[which];
        var json = RecordJson.Write(body);
        var read = RecordReader.Read(body.Kind, json);
        Assert.NotNull(read);
        Assert.Equal(json, RecordJson.Write(read));
        Assert.Equal(json, RecordJson.Write(RecordJson.ReadStrictly(body.Kind, json)));
        Assert.Equal(body.GetType(), read.GetType());
    }

    [Theory]
    [InlineData("""{"reason":"r","target":1,"evidenceSha256":""}""")]
    [InlineData("""{"target":1,"reason":null,"evidenceSha256":""}""")]
    [InlineData("""{"target":1,"reason":"r"}""")]
    [InlineData("""{"target":1,"reason":"a","reason":"b","evidenceSha256":""}""")]
    public void Leaves_what_is_written_otherwise_to_the_serializer(string json)
    {
        Assert.Null(RecordReader.Read(RecordKind.Reversal, json));
        Assert.Equal(1, Assert.IsType<ReversalRecord>(RecordJson.Read(RecordKind.Reversal, json)).Target);
    }

    [Theory]
    [InlineData("""{"target":1,"reason":"r","evidenceSha256":"","more":1}""")]
    [InlineData("""{"target":"1","reason":"r","evidenceSha256":""}""")]
    [InlineData("""{"target":1,"reason":"r","evidenceSha256":""} x""")]
    [InlineData("""{"target":1.5,"reason":"r","evidenceSha256":""}""")]
    [InlineData("""{"target":1,"reason":"\ud800","evidenceSha256":""}""")]
    [InlineData("""["target"]""")]
    [InlineData("")]
    public void Refuses_what_the_serializer_refuses(string json)
    {
        Assert.Null(RecordReader.Read(RecordKind.Reversal, json));
        Assert.Throws<JsonException>(() => RecordJson.Read(RecordKind.Reversal, json));
    }

    [Theory]
    [InlineData("2026-09-30T23:00:00Z", true)]
    [InlineData("2026-09-30T23:00:00.000000001Z", true)]
    [InlineData("2026-09-31T23:00:00Z", false)]
    [InlineData("2026-09-30T24:00:00Z", true)]
    [InlineData("2026-09-30 23:00:00Z", false)]
    [InlineData("2026-9-30T23:00:00Z", false)]
    public void Reads_instants_as_the_pattern_does(string text, bool fits)
    {
        var expected = NodaTime.Text.InstantPattern.ExtendedIso.Parse(text);
        Assert.Equal(fits, expected.Success);
        if (fits) Assert.Equal(expected.Value, RecordJson.ParseInstant(text));
        else Assert.Throws<JsonException>(() => RecordJson.ParseInstant(text));
    }
}
