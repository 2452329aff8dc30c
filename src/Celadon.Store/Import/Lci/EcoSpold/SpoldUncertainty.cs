using Celadon.Lca.Model;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>
/// Uncertainty of EcoSpold 2: the variance of the logarithm where lognormal, and with the pedigree's share in
/// it where that is stated. The amount itself is the median, as ecoinvent defines it. What the schema says of
/// the others (EcoSpold02DataTypes, TUncertainty): a uniform whose ends are the wrong way round is turned
/// round; a beta has the shapes 1 + 4 (mode − minimum) / range and 6 less that, which is PERT; of a gamma the
/// absolute shape and scale count, and its minimum is added; a binomial counts successes among n trials.
/// </summary>
internal static class SpoldUncertainty
{
    private static readonly string[] Pedigree =
    [
        "reliability", "completeness", "temporalCorrelation", "geographicalCorrelation",
        "furtherTechnologyCorrelation",
    ];

    /// <summary>The uncertainty of an amount; none, with a finding, where it cannot be used.</summary>
    public static Uncertainty Of(XmlItem holder, double amount, LciNotes notes)
    {
        if (holder["uncertainty"] is not { } stated) return Uncertainty.None;
        var kind = stated.Children.FirstOrDefault(c => c.Name is not ("pedigreeMatrix" or "comment"));
        if (kind is null || kind.Name == "undefined")
        {
            kind?.TakeAll();
            return Uncertainty.None;
        }
        kind.TakeAll();
        double? Value(string name) => Doubles.Parse(kind.Attribute(name));
        var variance = Value("varianceWithPedigreeUncertainty") ?? Value("variance");
        var found = kind.Name switch
        {
            "lognormal" => Spreads.LognormalOf(amount, variance),
            "normal" => Spreads.NormalOf(amount, variance is null or < 0 ? null : Math.Sqrt(variance.Value)),
            "triangular" => Spreads.TriangularOf(Value("minValue"), Value("mostLikelyValue"),
                Value("maxValue")),
            "uniform" => Spreads.UniformOf(Value("minValue"), Value("maxValue"))
                ?? Spreads.UniformOf(Value("maxValue"), Value("minValue")),
            "beta" => Spreads.PertOf(Value("minValue"), Value("mostFrequentValue"), Value("maxValue")),
            "gamma" => Spreads.GammaOf(Value("shape"), Value("scale"),
                kind.Attribute("minValue").Length == 0 ? 0 : Value("minValue")),
            "binomial" => Spreads.BinomialOf(Value("n"), Value("p")),
            _ => null,
        };
        if (found is null)
            notes.Say(Finding.Of("formats.uncertainty", Severity.Warning, kind.Place, ("file", kind.File),
                ("line", kind.Line),
                ("kind", LciNotes.Shown(string.Join(' ', kind.Stated().Prepend(kind.Name))))));
        return found ?? Uncertainty.None;
    }

    /// <summary>Scores of the pedigree matrix, "(1;2;3;4;5)"; empty when none.</summary>
    public static string DataQuality(XmlItem holder)
    {
        if (holder.At("uncertainty", "pedigreeMatrix") is not { } matrix) return "";
        var scores = Pedigree.Select(matrix.Attribute).ToList();
        return scores.TrueForAll(s => s is "1" or "2" or "3" or "4" or "5")
            ? $"({string.Join(';', scores)})" : "";
    }

    /// <summary>The basic part, a geometric standard deviation; null where none is stated.</summary>
    public static double? Basic(XmlItem holder) =>
        Doubles.Parse(holder.At("uncertainty", "lognormal")?.Attribute("variance") ?? "")
            is { } variance and > 0 && Math.Exp(Math.Sqrt(variance)) is var deviation
            && double.IsFinite(deviation) ? deviation : null;
}
