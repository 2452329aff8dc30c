namespace Celadon.Lca.Results;

/// <summary>
/// Burdens and credits side by side. A sum that mixes them hides both, so that wherever things are left out
/// or added up, the two are told apart.
/// </summary>
public readonly record struct Balance(double Burdens, double Credits)
{
    /// <summary>Burdens less credits.</summary>
    public double Net => Burdens + Credits;

    /// <summary>Size of both together.</summary>
    public double Gross => Burdens - Credits;

    /// <summary>With one more part: positive is a burden, negative a credit.</summary>
    public Balance With(double part) =>
        part >= 0 ? new(Burdens + part, Credits) : new(Burdens, Credits + part);

    /// <summary>The balance of parts.</summary>
    public static Balance Of(IEnumerable<double> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Aggregate(default(Balance), (sum, part) => sum.With(part));
    }
}
