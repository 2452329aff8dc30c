using System.Globalization;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Text;
using NodaTime;

namespace Celadon.Server.Pages;

/// <summary>
/// A meter read by hand, on a phone at the meter: what it showed last, what it should show now, and a field
/// for what it shows, with a photo as evidence.
/// </summary>
public sealed class ReadingPage : Page
{
    private readonly Names _names;

    /// <summary>Makes the page.</summary>
    public ReadingPage(PageContext at) : base(at)
    {
        _names = new Names(at);
        Meters = at.Books.ReadByHand(at.Site);
        if (Meters.FirstOrDefault(m => m.Id == at["meter"]) is { } meter) Now = at.Books.NowOf(meter);
        Table = TableOf();
    }

    /// <summary>The meters that are read by hand.</summary>
    public IReadOnlyList<Meter> Meters { get; }

    /// <summary>Where the chosen meter stands; null while none is chosen.</summary>
    public MeterNow? Now { get; }

    /// <summary>The meters with their last reading.</summary>
    public Table Table { get; }

    /// <summary>True while the books can be written.</summary>
    public bool CanWrite => At.Books.Head.Condition != ChainCondition.Damaged;

    /// <summary>The clock at the meter's site.</summary>
    public string Clock => Now is { } now ? At.Books.ClockAt(now.Zone) : "";

    /// <summary>What the counter should show by now at the usual rate, or null.</summary>
    public Quantities.Amount? Expected => Now?.ExpectedAt(At.Books.Time);

    /// <summary>What a new meter can measure: resource and its unit.</summary>
    internal static readonly (string Resource, string Unit)[] Kinds =
        [("electricity", "kWh"), ("natural-gas", "m3"), ("water-supply", "m3")];

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "reading";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(ReadingView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];

    /// <inheritdoc/>
    public override string Title => Now is { } now
        ? At.L("rooms.reading.of", ("meter", _names.OfMeter(now.Meter.Id)))
        : At.L(Meters.Count == 0 ? "rooms.reading.none" : "rooms.reading.title");

    /// <summary>When the meter was last read, in its own time.</summary>
    public string When(MeterNow now) => now.At is { } at
        ? at.InZone(now.Zone.Zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : At.L("rooms.reading.never");

    private Table TableOf() => new("meters", At.L("rooms.reading.meters"),
    [
        new("meter", At.L("web.field.meter")), new("resource", At.L("web.field.resource")),
        new("value", At.L("rooms.reading.last"), Align.Number), new("unit", At.L("web.col.unit")),
        new("time", At.L("web.col.time")),
    ], [.. Meters.Select(m => At.Books.NowOf(m)).Select(now => Row.Of(
        new Words(_names.OfMeter(now.Meter.Id), At.Link("/ledger/reading", ("meter", now.Meter.Id)))
            { Key = now.Meter.Id, Below = _names.OfSite(now.Meter.Site) },
        new Words(_names.OfResource(now.Meter.Resource)) { Key = now.Meter.Resource },
        now.Value is { } value ? new Plain(value) : new Unknown(),
        new Words(Show.Unit(now.Meter.Unit)) { Key = now.Meter.Unit },
        new Words(When(now)) { Class = "nb", Key = now.At?.ToString() ?? "" }))]);
}
