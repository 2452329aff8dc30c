using System.Collections.Immutable;
using System.Text;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Store;

public sealed partial class Workspace
{
    private readonly Dictionary<(long Closing, long Position, string Question), KeptAndToday> _compared = [];

    /// <summary>
    /// Puts beside an answer what differs from the answers kept when months of its period were closed, old
    /// and new. It follows from the records up to the answer's position alone, so that the same position
    /// gives the same bytes.
    /// </summary>
    private Answer WithChanges(
        Question question, ViewRequest? request, Answer answer, JournalState state, View? view,
        CancellationToken cancel)
    {
        if (question is not IComparesWithKept comparing || request?.Period is not { } span || view is null)
            return answer;
        var kept = new List<KeptAndToday>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var any = false;
        foreach (var closing in view.Closings.Where(c => span.Contains(c.Closing.Month)
            && (request.Sites.IsEmpty || request.Sites.Contains(c.Closing.Site)))
            .OrderBy(c => c.Closing.Site, StringComparer.Ordinal).ThenBy(c => c.Closing.Month))
        {
            foreach (var then in closing.Closing.Answers.Where(a => a.Question == question.Name))
            {
                any = true;
                if (!MayDiffer(state, closing)) continue;
                if (!Kept.Has(then.Sha256))
                    findings.Add(Finding.Of("close.answerMissing", Severity.Warning,
                        new Place(Record: closing.Position), ("site", closing.Closing.Site),
                        ("month", Text(closing.Closing.Month)), ("sha256", then.Sha256)));
                else kept.Add(Compared(question, then, closing, state, cancel));
            }
        }
        if (!any) return answer;
        var compared = comparing.Compare(answer, kept);
        return compared with { Findings = [.. compared.Findings, .. findings] };
    }

    /// <summary>
    /// Entries and readings that come after a closing stand on lines of their own. Its answer can differ only
    /// by other packs, another program, or registers and overrides that were recorded or taken back since.
    /// </summary>
    private static bool MayDiffer(JournalState state, ClosingInForce closing)
    {
        if (closing.Closing.Program != Program) return true;
        if (!closing.Closing.Packs.SequenceEqual(Editions(state))) return true;
        var shaping = state.Records.Where(r => r.Body is RegisterRecord or OverrideRecord or BatchRecord)
            .Select(r => r.Position).ToHashSet();
        return state.Records.Where(r => r.Position > closing.Closing.Through).Any(r =>
            r.Body is RegisterRecord or OverrideRecord
            || (r.Body is ReversalRecord reversal && shaping.Contains(reversal.Target)));
    }

    /// <summary>
    /// The kept answer with today's to its spec, by the packs in use at the state's position.
    /// </summary>
    private KeptAndToday Compared(
        Question question, KeptAnswer then, ClosingInForce closing, JournalState state,
        CancellationToken cancel)
    {
        var key = (closing.Position, state.Position, question.Name);
        lock (_caching)
            if (_compared.TryGetValue(key, out var known)) return known;
        var spec = question.ReadSpec(then.Spec);
        var view = BuildView(question.Needs(spec)!.Period, state.Position, cancel);
        var today = question.Compute(spec, view, LibraryOf(Editions(state)), cancel);
        var compared = new KeptAndToday(closing.Closing.Site, closing.Closing.Month, closing.Position,
            Encoding.UTF8.GetString(Kept.Get(then.Sha256)), today.Report);
        lock (_caching) _compared[key] = compared;
        return compared;
    }
}
