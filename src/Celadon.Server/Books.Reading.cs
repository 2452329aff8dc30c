using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Store.Readings;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server;

/// <summary>Where a meter that is read by hand stands.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Zone">Its time.</param>
/// <param name="At">When it was last read; null when it never was.</param>
/// <param name="Value">What it showed then.</param>
/// <param name="PerDay">What passed a day over the two months before; null when that is not known.</param>
public sealed record MeterNow(Meter Meter, SiteZone Zone, Instant? At, Amount? Value, Amount? PerDay)
{
    /// <summary>What it should show at an instant at the usual rate; null when that is not known.</summary>
    public Amount? ExpectedAt(Instant at) => Value is not { } value || PerDay is not { } day
        || At is not { } last || at < last ? null
        : value + Amount.Divide(day * (Amount)(long)(at - last).TotalSeconds, DaySeconds, 0);

    internal const long DaySeconds = 86_400;
}

/// <summary>A reading as a person gives it.</summary>
/// <param name="Meter">Id of the meter.</param>
/// <param name="At">When it was read, in the site's time: "2026-10-12T10:14".</param>
/// <param name="Value">What the counter shows.</param>
/// <param name="Note">What the person wrote beside it.</param>
/// <param name="Photo">A picture of the counter, or null.</param>
public sealed record GivenReading(string Meter, string At, string Value, string Note, SourceFile? Photo);

public sealed partial class Books
{
    private static readonly LocalDateTimePattern Minute =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private static readonly LocalDateTimePattern Second =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    private const int UsualDays = 60;
    private const int Unusual = 10;

    /// <summary>The meters whose counter a person reads, in order of id.</summary>
    public IReadOnlyList<Meter> ReadByHand(string? site) => [.. Registers.Of<Meter>()
        .Where(m => m.Reading == MeterReading.Counter && (site is null || m.Site == site))];

    /// <summary>Where a meter stands.</summary>
    public MeterNow NowOf(Meter meter)
    {
        var reading = ReadingMeter.Of(meter, Registers);
        var position = _reader.Head().Position;
        if (_workspace.Readings.LastStateAt(meter.Id, Instant.FromUtc(2200, 1, 1, 0, 0), position)
            is not { } last) return new MeterNow(meter, reading.Zone, null, null, null);
        var series = _workspace.Readings.SeriesAt(reading,
            new Period(last.At - Duration.FromDays(UsualDays), last.At), position);
        var seconds = series.Length.Sum();
        return new MeterNow(meter, reading.Zone, last.At, last.Value, seconds == 0 ? null
            : Amount.Divide(SumOf(series) * MeterNow.DaySeconds, seconds, 1));
    }

    /// <summary>Now, as a clock at the meter's site shows it.</summary>
    public string ClockAt(SiteZone zone) => Minute.Format(_workspace.Now.InZone(zone.Zone).LocalDateTime);

    /// <summary>
    /// Takes a reading up as an import: a slip with the reading as a file, and the photo beside it. What is
    /// plausible is recorded at once; what is not waits for the person with what is doubtful about it.
    /// </summary>
    /// <returns>The position of the batch, or the token of the import that waits.</returns>
    /// <exception cref="RefusedException">
    /// reading.meter: no such meter. reading.value, reading.time: not a number or a time. reading.future: the
    /// time is to come. reading.photo: the file is no picture.
    /// </exception>
    public (long Batch, string? Waiting) TakeReading(GivenReading given, CancellationToken cancel)
    {
        if (Registers.Find<Meter>(given.Meter) is not { Reading: MeterReading.Counter } meter)
            throw RefusedException.Of("reading.meter", ("meter", given.Meter));
        var now = NowOf(meter);
        var (local, at) = TimeOf(given, now.Zone);
        if (!Amount.TryParse(given.Value.Trim().Replace(',', '.'), out var value) || value.Sign < 0)
            throw RefusedException.Of("reading.value", ("value", given.Value));
        if (given.Photo is { } photo && Safety.EvidenceFiles.ImageType(photo.Bytes.Span) is null)
            throw RefusedException.Of("reading.photo", ("file", photo.Name));
        var slip = SlipOf(meter, local, value, given);
        var staged = Remember(ServeOptions.NewSecret()[..32],
            given.Photo is null ? [slip] : [slip, given.Photo],
            ImmutableSortedDictionary<string, string>.Empty,
            [MapOf(meter, slip, now.Zone)], DoubtsOf(now, at, value), null, cancel);
        if (staged.Findings.Any(f => f.Severity != Severity.Info) || staged.New.IsEmpty)
            return (0, staged.Token);
        return Commit(staged.Token, new ImportChoices(), cancel).Appended is { } appended
            ? (appended.Batch, null) : (0, staged.Token);
    }

    private (LocalDateTime Local, Instant At) TimeOf(GivenReading given, SiteZone zone)
    {
        var parsed = Minute.Parse(given.At) is { Success: true } minute ? minute : Second.Parse(given.At);
        if (!parsed.Success) throw RefusedException.Of("reading.time", ("time", given.At));
        var at = parsed.Value.InZoneLeniently(zone.Zone).ToInstant();
        if (at > _workspace.Now + Duration.FromMinutes(5))
            throw RefusedException.Of("reading.future", ("time", given.At));
        return (parsed.Value, at);
    }

    /// <summary>What is doubtful about a reading beside the one before it.</summary>
    private static ImmutableArray<Finding> DoubtsOf(MeterNow now, Instant at, Amount value)
    {
        if (now.Value is not { } before || now.At is not { } last || at <= last) return [];
        var step = value - before;
        if (step.Sign < 0 && now.Meter.Modulus is { } modulus && before * 10 >= modulus * 9
            && value * 10 <= modulus)
        {
            step += modulus;
            return [Finding.Of("reading.rollOver", Severity.Info, null, ("modulus", modulus), ("step", step),
                ("unit", now.Meter.Unit))];
        }
        if (step.Sign < 0)
            return [Finding.Of("reading.below", Severity.Warning, null, ("value", value), ("before", before),
                ("unit", now.Meter.Unit))];
        if (now.PerDay is not { Sign: > 0 } usual) return [];
        var perDay = Amount.Divide(step * MeterNow.DaySeconds,
            Math.Max(MeterNow.DaySeconds, (long)(at - last).TotalSeconds), 1);
        return perDay > usual * Unusual
            ? [Finding.Of("reading.high", Severity.Warning, null, ("perDay", perDay), ("usual", usual),
                ("unit", now.Meter.Unit))] : [];
    }

    /// <summary>The slip says what was read, so that the books can be made again from it.</summary>
    private static SourceFile SlipOf(Meter meter, LocalDateTime at, Amount value, GivenReading given)
    {
        var text = new StringBuilder("time,reading,unit,note,photo\n")
            .Append(Second.Format(at)).Append(',').Append(value).Append(',').Append(meter.Unit).Append(',')
            .Append(BooksExport.Cell(given.Note)).Append(',').Append(given.Photo?.Sha256).Append('\n');
        var name = string.Create(CultureInfo.InvariantCulture,
            $"reading-{meter.Id}-{at.Year:0000}{at.Month:00}{at.Day:00}-{at.Hour:00}{at.Minute:00}.csv");
        return new SourceFile(name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static ImportMap MapOf(Meter meter, SourceFile slip, SiteZone zone) => new()
    {
        Files = slip.Name,
        Kind = "meter",
        HeaderRow = 1,
        DateOrder = "YMD",
        Decimal = ".",
        Zone = zone.Id,
        Clock = "local",
        Defaults = ImmutableSortedDictionary<string, string>.Empty.Add("meter", meter.Id)
            .Add("unit", meter.Unit),
        Columns = ImmutableSortedDictionary<string, ColumnMap>.Empty
            .Add("time", new ColumnMap { As = "time" }).Add("reading", new ColumnMap { As = "reading" })
            .Add("unit", new ColumnMap { As = "ignore" }).Add("note", new ColumnMap { As = "ignore" })
            .Add("photo", new ColumnMap { As = "ignore" }),
    };

    /// <summary>Registers a meter that is read by hand; returns its id.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="language">Language of the name.</param>
    /// <param name="site">Id of the site.</param>
    /// <param name="resource">"electricity", "natural-gas", "water-supply".</param>
    /// <param name="unit">Unit of its counter.</param>
    /// <param name="place">Id of the unit it serves; empty for the supply of the whole site.</param>
    /// <param name="modulus">Where its counter starts again at zero, or empty.</param>
    /// <exception cref="RefusedException">reading.newMeter: something is missing or does not fit.</exception>
    public string AddMeter(
        string name, string language, string site, string resource, string unit, string place, string modulus)
    {
        var registers = Registers;
        var refusal = RefusedException.Of("reading.newMeter");
        if (name.Length is 0 or > 120 || registers.Find<Site>(site) is not { } at
            || !Units.TryParse(unit, out _) || Library.Resources.Find(resource) is null) throw refusal;
        if (place.Length > 0 && registers.Find<PlantUnit>(place)?.Site != site) throw refusal;
        Amount? wrap = modulus.Length == 0 ? null
            : Amount.TryParse(modulus, out var parsed) && parsed.Sign > 0 ? parsed : throw refusal;
        var network = resource switch
        {
            "electricity" => $"grid:{at.Country}",
            "natural-gas" => "grid:gas",
            "water-supply" => "grid:water",
            _ => $"supplier:{resource}",
        };
        var id = IdOf(name, "meter", [.. registers.Of<Meter>().Select(m => m.Id)]);
        _workspace.Append("register", [Record("meter", new Meter
        {
            Id = id, Name = In(language, name), Site = site, Resource = resource, Unit = unit, Scale = 3,
            From = place.Length > 0 ? $"site:{site}" : network,
            To = place.Length > 0 ? $"unit:{place}" : $"site:{site}",
            Reading = MeterReading.Counter, Modulus = wrap,
        })]);
        return id;
    }
}
