using Celadon.Lca.Ordering;
using Celadon.Lca.Sparse;

namespace Celadon.Lca.Model;

/// <summary>
/// A product system: technosphere A (products by processes), biosphere B (elementary flows by processes) and
/// characterisation C (categories by elementary flows). Supply s = A⁻¹f, inventory g = Bs, scores h = Cg
/// (Heijungs and Suh, The Computational Structure of Life Cycle Assessment, 2002).
/// Each process is paired with one product that it makes, so that the paired matrix has a full diagonal.
/// </summary>
public sealed class ProductSystem
{
    /// <summary>Checks the parts and pairs processes with products.</summary>
    /// <exception cref="InvalidSystemException">With every fault found.</exception>
    public ProductSystem(UncertainMatrix technosphere, UncertainMatrix biosphere, UncertainMatrix factors,
        SystemNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(technosphere);
        ArgumentNullException.ThrowIfNull(biosphere);
        ArgumentNullException.ThrowIfNull(factors);
        (Technosphere, Biosphere, Factors) = (technosphere, biosphere, factors);
        Names = names ?? SystemNames.Numbers;
        if (biosphere.Matrix.Columns != technosphere.Matrix.Columns
            || factors.Matrix.Columns != biosphere.Matrix.Rows)
            throw new ArgumentException("Technosphere, biosphere and characterisation do not fit together.");
        var faults = SystemCheck.Faults(this);
        if (faults.Count > 0) throw new InvalidSystemException(faults);
        var a = technosphere.Matrix;
        ProducerOf = Transversal.Find(a, out var zeroDiagonals);
        RepairedDiagonals = [.. zeroDiagonals.Select(j => new ProcessIndex(j))];
        var missing = Enumerable.Range(0, a.Rows).Where(i => ProducerOf[i] < 0).Select(Missing).ToList();
        if (missing.Count > 0) throw new InvalidSystemException(missing);
        Paired = PairedMatrix.Of(a, ProducerOf);
    }

    /// <summary>
    /// Why nobody makes a product: the process of its number takes all that it gives of it, or there is none.
    /// </summary>
    private ModelFault Missing(int product) =>
        Technosphere.Matrix.Column(product).Any(e => e.Row == product && e.Value != 0)
            ? new(FaultKind.Singular, new(product), new(product), Names.Process(new(product)))
            : new(FaultKind.NoProducer, null, new(product), Names.Product(new(product)));

    /// <summary>What processes make (+) and take (−).</summary>
    public UncertainMatrix Technosphere { get; }

    /// <summary>What processes exchange with nature.</summary>
    public UncertainMatrix Biosphere { get; }

    /// <summary>Impacts of one unit of each elementary flow.</summary>
    public UncertainMatrix Factors { get; }

    /// <summary>What things are called.</summary>
    public SystemNames Names { get; }

    /// <summary>Number of processes, which is the number of products.</summary>
    public int ProcessCount => Technosphere.Matrix.Columns;

    /// <summary>Number of elementary flows.</summary>
    public int ElementaryFlowCount => Biosphere.Matrix.Rows;

    /// <summary>Number of impact categories.</summary>
    public int CategoryCount => Factors.Matrix.Rows;

    /// <summary>Processes that do not make the product of their own number; another one was found.</summary>
    public IReadOnlyList<ProcessIndex> RepairedDiagonals { get; }

    /// <summary>The process paired with each product.</summary>
    internal int[] ProducerOf { get; }

    /// <summary>A with rows in the order of the processes that they are paired with.</summary>
    internal PairedMatrix Paired { get; }

    /// <summary>The process that is paired with a product.</summary>
    public ProcessIndex Producer(ProductIndex product) => new(ProducerOf[product.Value]);

    /// <summary>The demand as the right-hand side of the paired system.</summary>
    internal double[] RightHandSide(params ReadOnlySpan<Demand> demands)
    {
        var b = new double[ProcessCount];
        foreach (var demand in demands)
        {
            if (!double.IsFinite(demand.Amount))
                throw new InvalidSystemException([new ModelFault(FaultKind.NotFinite, null, demand.Product,
                    Names.Product(demand.Product))]);
            b[ProducerOf[demand.Product.Value]] += demand.Amount;
        }
        return b;
    }

    /// <summary>Characterised exchanges of each process at scale one, for one category.</summary>
    internal double[] DirectScores(CategoryIndex category)
    {
        var weights = FactorRow(category);
        return Biosphere.Matrix.TransposedTimes(weights);
    }

    /// <summary>The factors of one category, by elementary flow.</summary>
    internal double[] FactorRow(CategoryIndex category)
    {
        if ((uint)category.Value >= (uint)CategoryCount)
            throw new ArgumentOutOfRangeException(nameof(category));
        var c = Factors.Matrix;
        var row = new double[c.Columns];
        for (var e = 0; e < c.Columns; e++)
            for (var p = c.Starts[e]; p < c.Starts[e + 1]; p++)
                if (c.RowOf[p] == category.Value) row[e] += c.Values[p];
        return row;
    }

    /// <summary>The same system with other amounts in the technosphere; the pattern stays.</summary>
    internal ProductSystem WithTechnosphere(double[] values) => new(
        Technosphere with { Matrix = Technosphere.Matrix.With(values) }, Biosphere, Factors, Names);
}
