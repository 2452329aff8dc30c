using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>What a factor is worth under a GWP set.</summary>
public sealed partial class FactorLibrary
{
    /// <summary>
    /// Decimals kept where a published CO2e of a gas is taken back to its mass: the one rounding there is.
    /// </summary>
    private const int MassScale = 18;

    /// <summary>
    /// The value of a factor under a GWP set. As published where the set is the publisher's own and for CO2
    /// and kWh;
    /// from the gas columns where they are split; null where it cannot be given (not split, other set): such
    /// a line
    /// is left out by name.
    /// </summary>
    /// <param name="factor">The factor.</param>
    /// <param name="set">The GWP set of the answer.</param>
    /// <param name="methane">
    /// Which methane value to use instead of the factor's own choice; null keeps it.
    /// </param>
    public FactorValue? ValueOf(Factor factor, GwpSet set, MethaneOrigin? methane = null)
    {
        if (factor.Result != FactorResult.KgCo2e)
            return new FactorValue(factor.Value!.Value, null, null, null, ValueOrigin.Published);
        if (factor.Gases == GasColumns.Mass) return FromMasses(factor, set, methane);
        var own = methane is null || methane == factor.Methane;
        if (factor.Gwp == set && !factor.MixedGwp && own)
            return new FactorValue(factor.Value!.Value, factor.Co2, factor.Ch4, factor.N2o,
                ValueOrigin.Published);
        if (factor.Gases != GasColumns.Co2e || factor.Gwp is not { } published) return null;
        var from = (Ch4: Gwp.Of("methane", published, factor.Methane),
            N2o: Gwp.Of("nitrous-oxide", published));
        var to = (Ch4: Gwp.Of("methane", set, methane ?? factor.Methane), N2o: Gwp.Of("nitrous-oxide", set));
        if (from.Ch4 is null || from.N2o is null || to.Ch4 is null || to.N2o is null) return null;
        var co2 = factor.Co2!.Value;
        var ch4 = Amount.Divide(factor.Ch4!.Value * to.Ch4.Value, from.Ch4.Value, MassScale);
        var n2o = Amount.Divide(factor.N2o!.Value * to.N2o.Value, from.N2o.Value, MassScale);
        return new FactorValue(co2 + ch4 + n2o, co2, ch4, n2o, ValueOrigin.Reweighted);
    }

    /// <summary>What to say of a factor that <see cref="ValueOf"/> cannot give under a set.</summary>
    public static Finding NotSplit(Factor factor, GwpSet set, Place? place = null) => Finding.Of(
        "packs.refused.notSplit", Severity.Error, place, ("factor", factor.Key),
        ("set", Vocabulary.Word(set)),
        ("own", factor.MixedGwp ? "mixed" : factor.Gwp is { } own ? Vocabulary.Word(own) : "–"));

    private FactorValue? FromMasses(Factor factor, GwpSet set, MethaneOrigin? methane)
    {
        var ch4Gwp = Gwp.Of("methane", set, methane ?? factor.Methane);
        var n2oGwp = Gwp.Of("nitrous-oxide", set);
        if (ch4Gwp is null || n2oGwp is null) return null;
        var co2 = factor.Co2!.Value;
        var ch4 = factor.Ch4!.Value * ch4Gwp.Value;
        var n2o = factor.N2o!.Value * n2oGwp.Value;
        return new FactorValue(co2 + ch4 + n2o, co2, ch4, n2o, ValueOrigin.FromMasses);
    }
}
