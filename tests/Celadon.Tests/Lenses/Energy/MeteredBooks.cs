using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Energy;
using Celadon.Lenses.Energy.Basic;
using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Packs;
using Celadon.Text;
using NodaTime;

namespace Celadon.Tests.Lenses.Energy;

/// <summary>A site with meters and readings in memory, asked energy questions.</summary>
internal sealed class MeteredBooks
{
    private readonly List<(long Position, RegisterRecord Version)> _registers = [];
    private readonly Dictionary<string, IntervalSeries> _series = [];
    private readonly SiteZone _zone;
    private readonly string _site;
    private long _head;

    public MeteredBooks(string site = "works", string zone = "Europe/London")
    {
        (_site, _zone) = (site, SiteZone.Get(zone));
        Add("site", new Site { Id = site, Country = "GB", Zone = zone });
    }

    public List<(Entry Entry, long Position)> Entries { get; } = [];

    public SiteZone Zone => _zone;

    /// <summary>A meter of electricity from the grid to the site, or from the site to a unit.</summary>
    public MeteredBooks Meter(string id, string from = "grid:GB", string? to = null, string unit = "kWh",
        string resource = "electricity")
    {
        Add("meter", new Meter
        {
            Id = id, Site = _site, From = from, To = to ?? $"site:{_site}", Resource = resource, Unit = unit,
        });
        return this;
    }

    /// <summary>
    /// Readings of local days from the first to the last, each interval by its place in the day; null is a
    /// gap, hundredths of the unit otherwise.
    /// </summary>
    public MeteredBooks Read(string meter, string first, string last, int minutes,
        Func<LocalDate, int, long?> hundredths, Func<LocalDate, int, ReadingQuality>? quality = null)
    {
        var rows = new List<(long Start, long Amount, byte Quality)>();
        for (var date = Day(first); date <= Day(last); date = date.PlusDays(1))
        {
            var day = _zone.Day(date);
            for (var i = 0; i < SiteZone.Intervals(day, minutes); i++)
                if (hundredths(date, i) is { } amount)
                    rows.Add(((day.Start + Duration.FromMinutes((long)i * minutes)).ToUnixTimeSeconds(),
                        amount, (byte)(quality?.Invoke(date, i) ?? ReadingQuality.Measured)));
        }
        return Read(meter, [.. rows.Select(r => r.Start)], [.. rows.Select(_ => minutes * 60)],
            [.. rows.Select(r => r.Amount)], 2, [.. rows.Select(r => r.Quality)]);
    }

    public MeteredBooks Read(
        string meter, long[] start, int[] length, long[] unscaled, int scale, byte[]? quality = null)
    {
        _series[meter] = new IntervalSeries
        {
            Meter = meter, Scale = scale, Start = start, Length = length, Unscaled = unscaled,
            Quality = quality ?? new byte[start.Length], IsShare = new bool[start.Length],
            Record = new int[start.Length], Records = [++_head],
        };
        return this;
    }

    public MeteredBooks Bill(string amount, string? cost, string month = "2026-09", Basis? basis = null)
    {
        Entries.Add((new Entry(Node.Parse("grid:GB"), Node.Parse($"site:{_site}"), "electricity",
            Amount.Parse(amount), "kWh", _zone.Month(MonthSpan.Parse(month).First), basis ?? Basis.Invoiced,
            new Evidence.StatedBy("test"), Facts.Of(("price", cost))), ++_head));
        return this;
    }

    public (LoadReport Report, Answer Answer) Load(LoadSpec spec)
    {
        var answer = new LoadQuestion().Compute(spec, View(spec.Period), PacksUnderTest.Library, default);
        return ((LoadReport)answer.Report, answer);
    }

    public (BasicReport Report, Answer Answer) Basic(BasicSpec spec)
    {
        var answer = new BasicQuestion().Compute(spec, View(spec.Period), PacksUnderTest.Library, default);
        return ((BasicReport)answer.Report, answer);
    }

    public static string RefusalOf(Action ask) => Assert.Throws<RefusedException>(ask).Finding.Code;

    private void Add(string type, RegisterItem item) =>
        _registers.Add((++_head, new RegisterRecord(type, item.Id, RegisterSet.Write(item))));

    private View View(MonthSpan period)
    {
        var shapes = Entries.Select((e, i) => new FlowShape(i, e.Entry.From, e.Entry.To, e.Entry.Resource,
            e.Entry.Unit, e.Entry.Calorific, e.Entry.Basis, e.Entry.Facts)).ToArray();
        var stored = Entries.Select(e =>
        {
            Assert.True(e.Entry.Amount.TryGetStored(out var unscaled, out var scale));
            return (unscaled, scale);
        }).ToList();
        return new View
        {
            Position = _head, Head = "", Period = period, Registers = RegisterSet.From(_registers),
            Shapes = shapes, MeterMonths = [], Closings = [], Overrides = [], Details = new Nothing(),
            Entries = new EntryColumns
            {
                Position = [.. Entries.Select(e => e.Position)],
                Shape = [.. Enumerable.Range(0, Entries.Count)],
                Unscaled = [.. stored.Select(s => s.unscaled)],
                Scale = [.. stored.Select(s => (byte)s.scale)],
                Start = [.. Entries.Select(e => e.Entry.Period.Start.ToUnixTimeSeconds())],
                End = [.. Entries.Select(e => e.Entry.Period.End.ToUnixTimeSeconds())],
                Reverses = new long[Entries.Count],
            },
        }.With(_series);
    }

    private static LocalDate Day(string text) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    private sealed class Nothing : IViewDetails
    {
        public EntryOrigin OriginOf(long position) => throw new NotSupportedException();

        public IEnumerable<ReadingLeaf> ReadingsOf(string meter, YearMonth month, string band) => [];
    }
}
