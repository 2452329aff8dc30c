using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>
/// A waste scenario: what of each waste type is separated for a treatment, and where the rest goes. Links in
/// the file name no type, so a scenario that tells types apart becomes one process a type and one for all
/// others.
/// </summary>
/// <param name="heads">What it takes: name; unit; amount; waste type; category; comment.</param>
/// <param name="separated">treatment; waste type; percentage of the waste; comment.</param>
/// <param name="remaining">treatment; waste type; percentage of what is not separated; comment.</param>
internal sealed class SimaScenario(List<SimaRow> heads, List<SimaRow> separated, List<SimaRow> remaining)
{
    private const string All = "All waste types";

    /// <summary>How far percentages may be from a whole, in percent.</summary>
    private const double Tolerance = 0.1;

    /// <summary>The waste types that it tells apart.</summary>
    public IReadOnlyList<string> Types { get; } = [.. separated.Concat(remaining).Select(r => r[1])
        .Where(t => !IsAll(t)).Distinct(StringComparer.Ordinal)];

    /// <summary>One a waste type, and one for all others; one alone where no type is told apart.</summary>
    /// <exception cref="UnusableException">It takes more than one waste.</exception>
    public IEnumerable<Part> Parts => heads is not [var head]
        ? throw heads[1].Wrong("Waste scenario", heads[1][0])
        : Types.Count == 0 ? [new(this, head, head[0], All, true)]
        : Types.Append(All).Select(t => new Part(this, head, $"{head[0]} · {t}", t, false));

    private static bool IsAll(string type) => type.Length == 0
        || string.Equals(type, All, StringComparison.OrdinalIgnoreCase);

    /// <summary>A scenario for one waste type.</summary>
    /// <param name="Whole">The scenario.</param>
    /// <param name="Head">Its row.</param>
    /// <param name="Name">What the waste is called.</param>
    /// <param name="Type">The waste type.</param>
    /// <param name="IsAlone">Whether the scenario tells no types apart.</param>
    public sealed record Part(SimaScenario Whole, SimaRow Head, string Name, string Type, bool IsAlone)
    {
        /// <summary>
        /// Shares of the waste that go to each treatment; together they are 1. What is separated is of the
        /// whole; what remains goes where rows of the type say, else where those of all types say.
        /// </summary>
        /// <param name="percent">The percentage of a row, with its formula where it is one.</param>
        /// <exception cref="UnusableException">The percentages make no whole.</exception>
        public IReadOnlyList<Share> Shares(Func<SimaRow, (double Value, string Formula)> percent)
        {
            List<Stated> Of(IEnumerable<SimaRow> rows) => [.. rows.Select(r =>
            {
                var (value, formula) = percent(r);
                return value is >= 0 and <= 100 + Tolerance
                    ? new Stated(r, value, formula.Length > 0 ? $"({formula})" : Doubles.Write(value),
                        formula.Length > 0) : throw r.Wrong("percentage", r[2]);
            })];
            var first = Of(Whole.Separated.Where(r => IsAll(r[1]) || r[1] == Type));
            var taken = first.Sum(s => s.Percent);
            if (taken > 100 + Tolerance)
                throw first[^1].Row.Wrong("Separated waste", Doubles.Write(taken) + " %");
            double scale = taken > 100 ? 100 / taken : 1, left = Math.Max(0, 100 - taken);
            var own = Whole.Remaining.Where(r => r[1] == Type && !IsAll(r[1])).ToList();
            var rest = Of(own.Count > 0 ? own : Whole.Remaining.Where(r => IsAll(r[1])));
            var sum = rest.Sum(r => r.Percent);
            if (left > Tolerance && Math.Abs(sum - 100) > Tolerance)
                throw Head.Wrong("Remaining waste", Doubles.Write(sum) + " %");
            // A percentage by formula moves the others with it, so that the whole stays a whole.
            var isMoved = first.Concat(rest).Any(s => s.IsFormula);
            string all = string.Join('+', first.Select(s => s.Text).DefaultIfEmpty("0")),
                others = string.Join('+', rest.Select(s => s.Text));
            var shares = first.Select(s => new Share(s.Row, s.Percent * scale / 100,
                isMoved ? $"{s.Text}/max(100,{all})" : ""));
            if (sum > 0)
                shares = shares.Concat(rest.Select(r => new Share(r.Row, left / 100 * r.Percent / sum,
                    isMoved ? $"max(0,100-({all}))/100*{r.Text}/({others})" : "")));
            return [.. shares.Where(s => s.Value != 0 || s.Formula.Length > 0)];
        }
    }

    /// <summary>A percentage as it is stated.</summary>
    private sealed record Stated(SimaRow Row, double Percent, string Text, bool IsFormula);

    /// <summary>What of the waste goes to a treatment.</summary>
    /// <param name="Row">The row that names the treatment.</param>
    /// <param name="Value">The share, 0 to 1.</param>
    /// <param name="Formula">The same by formula; empty where no percentage is one.</param>
    public sealed record Share(SimaRow Row, double Value, string Formula);

    private List<SimaRow> Separated => separated;

    private List<SimaRow> Remaining => remaining;
}
