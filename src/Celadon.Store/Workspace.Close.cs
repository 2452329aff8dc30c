using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store;

public sealed partial class Workspace
{
    /// <summary>
    /// Closes a month of a site: posts one entry for each meter and tariff band, equal to the readings to the
    /// last digit, and keeps the answers with the packs and program that made them. What arrives later shows
    /// as adjustments.
    /// </summary>
    /// <param name="site">Id of the site.</param>
    /// <param name="month">The month in the site's time.</param>
    /// <param name="questions">
    /// The questions whose answers are kept, with their specs for this site and month.
    /// </param>
    /// <param name="note">What the person wrote beside it.</param>
    /// <param name="cancel">Stops before anything is written.</param>
    /// <exception cref="RefusedException">
    /// close.site: no such site. close.closed: the month is closed already. close.future: the month is not
    /// over.
    /// </exception>
    public Appended Close(
        string site, YearMonth month, IReadOnlyList<(Question Question, string Spec)> questions,
        string note = "",
        CancellationToken cancel = default)
    {
        lock (_writing)
        {
            var state = State();
            var registers = RegistersOf(state);
            var place = registers.Find<Site>(site) ?? throw RefusedException.Of("close.site", ("site", site));
            var zone = SiteZone.Get(place.Zone);
            var period = zone.Month(month);
            if (period.End > _options.Clock.GetCurrentInstant())
                throw RefusedException.Of("close.future", ("site", site), ("month", Text(month)));
            if (state.Closings().Any(c => c.Closing.Site == site && c.Closing.Month == month))
                throw RefusedException.Of("close.closed", ("site", site), ("month", Text(month)));
            var through = state.Position;
            var answers = questions.Select(q => Keep(q.Question, q.Spec, through, cancel)).ToImmutableArray();
            var posted = Posted(registers, site, month, period, through);
            return Append("close", [.. posted, new ClosingRecord(site, month, through, HeadText(through),
                [.. Editions(state)], Program, answers)], note, cancel: cancel);
        }
    }

    /// <summary>Id of who works.</summary>
    public string Actor => _options.Actor;

    /// <summary>The time by which a month is over or not.</summary>
    public Instant Now => _options.Clock.GetCurrentInstant();

    /// <summary>The entries that closing a month of a site would post now. Nothing is written.</summary>
    /// <exception cref="RefusedException">close.site: no such site.</exception>
    public IReadOnlyList<Entry> WouldPost(string site, YearMonth month)
    {
        lock (_writing)
        {
            var state = State();
            var registers = RegistersOf(state);
            var place = registers.Find<Site>(site) ?? throw RefusedException.Of("close.site", ("site", site));
            return [.. Posted(registers, site, month, SiteZone.Get(place.Zone).Month(month), state.Position)
                .OfType<EntryRecord>().Select(r => r.Entry)];
        }
    }

    /// <summary>
    /// One entry for each of the site's meters and tariff bands that has readings in the month.
    /// </summary>
    private IEnumerable<RecordBody> Posted(
        RegisterSet registers, string site, YearMonth month, Period period, long through)
    {
        var meters = registers.Of<Meter>().Where(m => m.Site == site).ToList();
        var months = Readings.MonthsAt([.. meters.Select(m => ReadingMeterOf(m, registers))],
            new MonthSpan(month, month), through);
        foreach (var reading in months.Where(r => r.Count > 0))
        {
            var meter = meters.Single(m => m.Id == reading.Meter);
            yield return new EntryRecord(new Entry(meter.FromNode, meter.ToNode, meter.Resource, reading.Sum,
                meter.Unit,
                period, reading.Estimated.IsZero ? Basis.Measured : Basis.Estimated,
                new Evidence.MeterReadings(meter.Id, through),
                Facts.Of(("meter", meter.Id), ("posted", Text(month)),
                    ("tariff", reading.Band.Length == 0 ? null : reading.Band),
                    ("known", reading.Known.ToString(CultureInfo.InvariantCulture)),
                    ("length", reading.Length.ToString(CultureInfo.InvariantCulture)),
                    ("estimated", reading.Estimated.IsZero ? null : reading.Estimated.ToString())),
                meter.Calorific));
        }
    }

    private KeptAnswer Keep(Question question, string spec, long position, CancellationToken cancel)
    {
        var asked = Ask(question, spec, position, cancel);
        return new KeptAnswer(question.Name, spec, Kept.Put(Encoding.UTF8.GetBytes(AnswerJson.Write(asked))));
    }

    /// <summary>Withdraws a file: its bytes are erased, its hash stays, and answers say so.</summary>
    public Appended Withdraw(string sha256, string reason)
    {
        lock (_writing)
        {
            if (!Evidence.Has(sha256)) throw RefusedException.Of("evidence.missing", ("sha256", sha256));
            var appended = Append("withdraw", [new EvidenceWithdrawnRecord(sha256, reason)]);
            Steps.Pass("withdrawn");
            Evidence.Erase(sha256);
            return appended;
        }
    }

    private static string Text(YearMonth month) =>
        string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}");
}
