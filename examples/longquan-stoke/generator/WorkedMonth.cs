namespace LongquanStoke;

/// <summary>
/// The worked month of the ledger, as it is printed. The generator refuses to write an example that departs
/// from it.
/// </summary>
public static class WorkedMonth
{
    private static readonly (string Name, decimal Kilograms)[] Printed =
    [
        ("natural gas", 24547.603956m),
        ("diesel", 5942.142m),
        ("R-410A", 8078.70m),
        ("grid GB", 5395.368656m),
        ("rest at grid average", 2776.168656m),
        ("water supply", 59.303m),
        ("natural gas, well to tank", 4067.703996m),
        ("diesel, well to tank", 1405.323m),
        ("electricity, losses", 535.169814m),
        ("electricity, well to tank", 1516.932452m),
        ("electricity, well to tank of losses", 147.902974m),
        ("lorry, we pay", 975.648m),
        ("commercial and industrial, landfill", 1769.81118m),
        ("commuting by car, fuel unknown", 4415.40m),
        ("lorry, the customer pays", 199.1948m),
    ];

    /// <summary>Compares the reckoned month with the printed one.</summary>
    /// <exception cref="InvalidOperationException">
    /// A figure departs, or a line is missing or too many.
    /// </exception>
    public static void Check(Account september)
    {
        foreach (var (name, kilograms) in Printed)
        {
            var reckoned = september.Lines.Single(line => line.Name == name).Kilograms;
            if (reckoned != kilograms)
                throw new InvalidOperationException(
                    Numbers.Invariant($"{name}: {reckoned}, printed {kilograms}"));
        }
        if (september.Total("1") != 38568.445956m) throw new InvalidOperationException("Scope 1 departs.");
        if (september.Lines.Count != Printed.Length + 1)
            throw new InvalidOperationException(
                "September has other lines than the printed ones and the certificate.");
    }
}
