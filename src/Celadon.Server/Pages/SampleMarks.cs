using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>A number of the samples that is marked in their histogram.</summary>
/// <param name="Look">How its line looks.</param>
/// <param name="Name">What it is.</param>
/// <param name="Number">The number.</param>
internal sealed record SampleMark(string Look, string Name, Spot Number, Cell Said);

/// <summary>Mean, median and the quantiles between which 95 % of the samples lie, as marks.</summary>
internal static class SampleMarks
{
    private static readonly (string Part, string Look)[] Parts =
        [("mean", "c1"), ("median", "c2"), ("low", "c3"), ("high", "c3")];

    /// <summary>The marks of samples.</summary>
    public static IReadOnlyList<SampleMark> Of(PageContext at, Spot samples, Func<Spot, Cell> said) =>
        [.. Parts.Select(p => new SampleMark(p.Look, at.L($"web.assess.quantile.{p.Part}"), samples[p.Part],
            said(samples[p.Part])))];

    /// <summary>As lines.</summary>
    public static IReadOnlyList<HistogramMark> Drawn(IReadOnlyList<SampleMark> marks) =>
        [.. marks.Where(m => m.Number.Value is not null).Select(m =>
            new HistogramMark(m.Number.Value!.Value.ToDouble(), m.Look, Words(m)))];

    /// <summary>What each line is, with its number.</summary>
    public static IReadOnlyList<(string, Sentence)> Legend(IReadOnlyList<SampleMark> marks) =>
        [.. marks.Select(m => (m.Look, new Sentence([new Words(m.Name + " "), m.Said])))];

    /// <summary>The same for people who do not see the drawing.</summary>
    public static string Label(string what, IReadOnlyList<SampleMark> marks) =>
        $"{what}: {string.Join("; ", marks.Select(Words))}";

    private static string Words(SampleMark mark) =>
        $"{mark.Name} {new Sentence([mark.Said])}";
}
