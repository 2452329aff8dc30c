using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store;

/// <summary>A question that was asked, with its answer and what it was answered from.</summary>
/// <param name="Question">The question.</param>
/// <param name="Spec">The spec as it was read.</param>
/// <param name="SpecJson">The spec as it was given.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Position">Position of the journal it speaks for; 0 for a calculator.</param>
/// <param name="Head">Head hash at that position; empty for a calculator.</param>
/// <param name="Packs">The pack editions it used.</param>
/// <param name="View">What the lens saw, or null for a calculator.</param>
public sealed record Asked(
    Question Question, object Spec, string SpecJson, Answer Answer, long Position, string Head,
    ImmutableArray<PackEdition> Packs, View? View);

public sealed partial class Workspace
{
    private const int ViewsKept = 8;
    private readonly List<(ViewKey Key, View View)> _views = [];
    private readonly List<(string Key, FactorLibrary Library)> _libraries = [];
    private readonly InFlight<ViewKey, View> _viewsInFlight = new();
    private readonly InFlight<string, FactorLibrary> _librariesInFlight = new();
    private readonly Lock _caching = new();

    private readonly record struct ViewKey(MonthSpan? Span, long Position);

    /// <summary>Asks a question of the books as they stood at a position (now when null).</summary>
    /// <exception cref="RefusedException">The spec does not fit, or the lens refuses.</exception>
    public Asked Ask(Question question, string specJson, long? at = null, CancellationToken cancel = default)
    {
        var spec = question.ReadSpec(specJson);
        var position = Math.Min(at ?? long.MaxValue, Journal.Head().Position);
        if (at is { } asked && (asked < 0 || asked > position))
            throw RefusedException.Of("ask.position", ("position", asked), ("head", position));
        var state = position == State().Position ? State() : StateAt(position);
        var request = question.Needs(spec);
        var view = request is null ? null
            : WithIntervals(ViewAt(request.Period, position, cancel), request, cancel);
        var packs = view is null ? Editions(state) : EditionsFor(state, view, request!.Sites);
        var answer = WithChanges(question, request,
            Compute(question, spec, view, LibraryOf(packs), position, cancel), state, view, cancel);
        return new Asked(question, spec, specJson, answer, position, view?.Head ?? HeadText(position), packs,
            view);
    }

    /// <summary>The lens's answer, with the answers of other questions that it takes.</summary>
    private Answer Compute(Question question, object spec, View? view, FactorLibrary packs, long position,
        CancellationToken cancel) => question is ITakesAnswers takes
        ? takes.Compute(spec, view, packs, [.. takes.Takes(spec, view).Select(t =>
            Ask(Questions.Get(t.Question), t.SpecJson, position, cancel).Answer)], cancel)
        : question.Compute(spec, view, packs, cancel);

    /// <summary>The books at a position, scoped by period; views are kept while they are in use.</summary>
    public View ViewAt(MonthSpan? span, long position, CancellationToken cancel = default)
    {
        var key = new ViewKey(span, position);
        lock (_caching)
        {
            var known = _views.FindIndex(v => v.Key == key);
            if (known >= 0) return _views[known].View;
        }
        return _viewsInFlight.Get(key, () =>
        {
            var view = BuildView(span, position, cancel);
            lock (_caching)
            {
                _views.Add((key, view));
                if (_views.Count > ViewsKept) _views.RemoveAt(0);
            }
            return view;
        }, cancel);
    }

    private View BuildView(MonthSpan? span, long position, CancellationToken cancel)
    {
        var state = position == State().Position ? State() : StateAt(position);
        var registers = RegistersOf(state);
        var (start, end) = Around(span);
        var (rows, shapes) = Journal.Entries(position, start, end, cancel);
        var meters = registers.Of<Celadon.Registers.Meter>().ToList();
        return new View
        {
            Position = position,
            Head = HeadText(position),
            Period = span,
            Registers = registers,
            Shapes = shapes,
            Entries = ViewBuilder.Columns(rows, shapes, state, registers),
            MeterMonths = span is { } months
                ? Readings.MonthsAt([.. meters.Select(m => ReadingMeterOf(m, registers))], months, position)
                : [],
            Closings = state.Closings(),
            Overrides = [.. state.Standing<OverrideRecord>()],
            Details = new ViewDetails(this, state, registers, position),
        };
    }

    /// <summary>
    /// Two days either side of the months in UTC, which holds them in every zone; all time when null.
    /// </summary>
    private static (long Start, long End) Around(MonthSpan? span)
    {
        if (span is not { } months) return (0, 0);
        var zone = SiteZone.Get("Etc/UTC");
        var period = months.In(zone);
        return ((period.Start - Duration.FromDays(2)).ToUnixTimeSeconds(),
            (period.End + Duration.FromDays(2)).ToUnixTimeSeconds());
    }

    private string HeadText(long position) => Convert.ToHexStringLower(Journal.HeadAt(position).Hash);

    private void Forget()
    {
        lock (_caching)
        {
            _views.Clear();
            _intervals.Clear();
            _compared.Clear();
        }
    }

    /// <summary>Where entries came from and which readings count, at the position of a view.</summary>
    private sealed class ViewDetails(
        Workspace workspace, JournalState state, Celadon.Registers.RegisterSet registers, long position)
            : IViewDetails
    {
        public EntryOrigin OriginOf(long at)
        {
            var record = workspace.Journal.Range(at, at, 1).Single();
            var evidence = record.Body is EntryRecord { Entry: var entry } ? entry.Evidence
                : new Evidence.StatedBy("");
            var withdrawn = evidence is Evidence.FileRow file
                && state.Standing<EvidenceWithdrawnRecord>().Any(w => w.Body.Sha256 == file.Sha256);
            return new EntryOrigin(at, record.Batch, evidence, withdrawn);
        }

        public IEnumerable<ReadingLeaf> ReadingsOf(string meter, YearMonth month, string band) =>
            registers.Find<Celadon.Registers.Meter>(meter) is { } known
                ? workspace.Readings.ReadingsOf(ReadingMeterOf(known, registers), month, band, position) : [];
    }
}
