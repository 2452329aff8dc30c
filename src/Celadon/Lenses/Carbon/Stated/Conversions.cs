namespace Celadon.Lenses.Carbon;

/// <summary>
/// Brings a quantity to a unit through what converts it: calorific value, density, volume correction.
/// </summary>
internal static class Conversions
{
    /// <summary>
    /// Quantity × (or ÷) each step × factor. A step divides where only that leads to the unit: 100 mmBtu ÷
    /// 25.09 mmBtu/short ton. Where nothing leads there the product is given as it stands, to be refused
    /// with its units.
    /// </summary>
    public static Multiplication Reach(
        string formula, string pointer, Figure quantity, IReadOnlyList<Figure> steps, string unit,
            Figure? factor = null)
    {
        for (var choice = 0; choice < 1 << steps.Count; choice++)
        {
            var attempt = new Multiplication(formula, pointer).Times("operand.quantity", quantity);
            for (var i = 0; i < steps.Count; i++)
            {
                if ((choice >> i & 1) == 0) attempt.Times("operand.conversion", steps[i]);
                else attempt.Over("operand.conversion", steps[i]);
            }
            attempt.Times("operand.factor", factor);
            if (attempt.Gives(unit)) return attempt;
        }
        return new Multiplication(formula, pointer).Times("operand.quantity", quantity)
            .Times("operand.factor", factor);
    }
}
