using System.Numerics;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// A unit as a calculation states it: "kWh", "kg CO2e/kWh", "g CH4/short ton", "kg CO2e/vehicle-km", "kWh
/// gross". Numerators are joined by "·", each "/" divides by what follows it. A word that is no unit of
/// measure ("wash", "vehicle", "TEU") is a unit of its own that equals only itself, so that a misspelling is
/// refused as an unlike unit.
/// </summary>
public sealed class CompoundUnit
{
    private static readonly string[] GasPrefixes = ["HFC-", "PFC-", "HCFC-", "CFC-", "R-"];
    private static readonly HashSet<string> Gases =
        new(StringComparer.Ordinal) { "CO2e", "CO2", "CH4", "N2O", "SF6", "NF3" };

    private CompoundUnit(string text) => Text = text;

    /// <summary>As stated, without the calorific basis.</summary>
    public string Text { get; }

    /// <summary>What it measures, made-up units included.</summary>
    public Dimension Dimension { get; private set; } = Dimension.None;

    /// <summary>Numerator of its size in base units.</summary>
    public BigInteger Numerator { get; private set; } = BigInteger.One;

    /// <summary>Denominator of its size in base units.</summary>
    public BigInteger Denominator { get; private set; } = BigInteger.One;

    /// <summary>The gas whose mass it counts ("CO2", "CO2e", "CH4"), or null.</summary>
    public string? Gas { get; private set; }

    /// <summary>Gross or net where the unit says so.</summary>
    public CalorificBasis Calorific { get; private set; }

    /// <summary>True when one of its parts is energy, so that a fuel's calorific basis matters.</summary>
    public bool HoldsEnergy { get; private set; }

    /// <summary>Reads a unit.</summary>
    /// <exception cref="FormatException">
    /// An empty part, or a gas that does not stand behind a mass.
    /// </exception>
    public static CompoundUnit Parse(string text)
    {
        var rest = text.Trim();
        var basis = CalorificBasis.None;
        if (Cut(ref rest, " gross")) basis = CalorificBasis.Gross;
        else if (Cut(ref rest, " net")) basis = CalorificBasis.Net;
        var unit = new CompoundUnit(rest) { Calorific = basis };
        if (rest.Length == 0) return unit;
        if (Units.TryParse(rest, out var whole))
        {
            unit.Add(whole, 1);
            return unit;
        }
        var parts = rest.Split('/');
        for (var i = 0; i < parts.Length; i++)
            foreach (var factor in parts[i].Split('·')) unit.AddPart(factor.Trim(), i == 0 ? 1 : -1, i == 0);
        return unit;
    }

    /// <summary>The stated text with its calorific basis.</summary>
    public override string ToString() => Calorific switch
    {
        CalorificBasis.Gross => Text + " gross",
        CalorificBasis.Net => Text + " net",
        _ => Text,
    };

    private void AddPart(string part, int sign, bool above)
    {
        if (part.Length == 0) throw new FormatException($"'{Text}' has an empty part.");
        if (above && TakeGas(ref part) is { } gas)
        {
            if (Gas is not null) throw new FormatException($"'{Text}' names two gases.");
            Gas = gas;
        }
        if (part == "1") return;
        if (Units.TryParse(part, out var known))
        {
            Add(known, sign);
            return;
        }
        var hyphen = part.LastIndexOf('-');
        if (hyphen > 0 && Units.TryParse(part[(hyphen + 1)..], out var second))
        {
            AddPart(part[..hyphen], sign, false);
            Add(second, sign);
            return;
        }
        if (part.Any(c => !char.IsLetter(c) && c is not ('-' or ' ' or '_')))
            throw new FormatException($"'{part}' in '{Text}' is not a unit.");
        var name = new string([.. part.Select(c => char.IsLetter(c) ? c : '_')]);
        var own = Dimension.Parse("own:" + name);
        Dimension = sign > 0 ? Dimension * own : Dimension / own;
    }

    private void Add(Unit unit, int sign)
    {
        if (unit.ConvertsTo(Units.Parse("kWh"))) HoldsEnergy = true;
        Dimension = sign > 0 ? Dimension * unit.Dimension : Dimension / unit.Dimension;
        Numerator *= sign > 0 ? unit.Numerator : unit.Denominator;
        Denominator *= sign > 0 ? unit.Denominator : unit.Numerator;
    }

    private static bool Cut(ref string text, string end)
    {
        if (!text.EndsWith(end, StringComparison.Ordinal)) return false;
        text = text[..^end.Length];
        return true;
    }

    private static string? TakeGas(ref string part)
    {
        var space = part.LastIndexOf(' ');
        if (space > 0 && IsGas(part[(space + 1)..]))
        {
            var gas = part[(space + 1)..];
            part = part[..space].Trim();
            return gas;
        }
        foreach (var gas in Gases)
        {
            if (part.Length <= gas.Length || !part.EndsWith(gas, StringComparison.Ordinal)
                || !Units.TryParse(part[..^gas.Length], out _)) continue;
            part = part[..^gas.Length];
            return gas;
        }
        return null;
    }

    private static bool IsGas(string word) =>
        Gases.Contains(word) || GasPrefixes.Any(p => word.StartsWith(p, StringComparison.Ordinal));
}
