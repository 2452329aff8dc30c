using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// Collects what a reader has to say: findings, of each kind so many one by one and the rest as a count; and
/// what of the files is not carried over, counted by name.
/// </summary>
internal sealed class LciNotes(LciLimits limits)
{
    private const int NamesShown = 40;

    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, int> _ofAKind = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _left = new(StringComparer.Ordinal);

    /// <summary>The bounds.</summary>
    public LciLimits Limits { get; } = limits;

    /// <summary>Identifiers that stand twice: of two things of one none is chosen.</summary>
    public HashSet<string> Twice { get; } = new(StringComparer.Ordinal);

    /// <summary>True once something was left out.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a finding at a place of a file.</summary>
    public void Say(Finding finding)
    {
        HasErrors |= finding.Severity == Severity.Error;
        var count = _ofAKind[finding.Code] = _ofAKind.GetValueOrDefault(finding.Code) + 1;
        if (count <= Limits.FindingsOfAKind) _findings.Add(finding);
    }

    /// <summary>Counts something that the model has no place for.</summary>
    public void NotCarried(string what, int count = 1)
    {
        if (count > 0) _left[what] = _left.GetValueOrDefault(what) + count;
    }

    /// <summary>A reading of a database without the data sets that were left out with an error.</summary>
    /// <param name="database">What was read; null where that is nothing, or no part can be told.</param>
    /// <param name="format">What the format is called.</param>
    public LciReading Reading(LciDatabase? database, string format)
    {
        if (database is null || !HasErrors) return new LciReading(database, All(format), database);
        var (sound, cut) = SoundPart.Of(database, Twice);
        if (sound.Processes.IsEmpty && sound.Categories.IsEmpty)
            return new LciReading(null, All(format), null);
        Say(Finding.Of("lci.sound", Severity.Info, null, ("processes", sound.Processes.Length),
            ("categories", sound.Categories.Length), ("cut", cut)));
        return new LciReading(null, All(format), sound);
    }

    /// <summary>Everything that was said, with the counts at the end.</summary>
    public IReadOnlyList<Finding> All(string format)
    {
        var all = new List<Finding>(_findings);
        foreach (var (code, count) in _ofAKind.Where(k => k.Value > Limits.FindingsOfAKind)
            .OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            var example = _findings.First(f => f.Code == code);
            all.Add(Finding.Of("formats.more", example.Severity, example.Place,
                ("count", count - Limits.FindingsOfAKind), ("code", code)));
        }
        if (_left.Count > 0)
            all.Add(Finding.Of("formats.notCarried", Severity.Info, null, ("format", format),
                ("count", _left.Values.Sum(v => (long)v)), ("what", string.Join(", ",
                    _left.OrderByDescending(l => l.Value).Take(NamesShown)
                        .Select(l => $"{l.Key} ({l.Value})"))
                    + (_left.Count > NamesShown ? ", …" : ""))));
        return all;
    }

    /// <summary>
    /// The first control character of a name, as its code: "U+0000"; null when none. Tabs and line breaks,
    /// which exports leave in names, are spaces.
    /// </summary>
    public static string? Unseen(string name)
    {
        foreach (var sign in name)
            if (char.IsControl(sign) && sign is not ('\t' or '\n' or '\r'))
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"U+{(int)sign:X4}");
        return null;
    }

    /// <summary>A text as it can be shown: one line, no control characters.</summary>
    public static string Shown(string text)
    {
        var line = new string([.. text.Take(121).Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return line.Length <= 120 ? line : line[..120] + "…";
    }
}

/// <summary>
/// Something that makes a dataset unusable: it is left out whole, for a process with one amount missing would
/// score too low without anybody noticing.
/// </summary>
internal sealed class UnusableException(Finding finding) : Exception(finding.Code)
{
    public Finding Finding { get; } = finding;
}
