using Celadon.Lca.Sparse;

namespace Celadon.Lca.Model;

/// <summary>
/// Collects the exchanges of a product system. Technosphere: what a process makes is positive, what it takes
/// is negative. Several exchanges may share a cell.
/// </summary>
public sealed class ProductSystemBuilder(int processes, int products, int elementaryFlows, int categories,
    SystemNames? names = null)
{
    private readonly Cells _technosphere = new();
    private readonly Cells _biosphere = new();
    private readonly Cells _factors = new();
    private readonly SystemNames _names = names ?? SystemNames.Numbers;

    /// <summary>Exchanges of products so far; the number that the next one gets.</summary>
    public int TechnosphereCount => _technosphere.Triplets.Count;

    /// <summary>Exchanges with nature so far; the number that the next one gets.</summary>
    public int BiosphereCount => _biosphere.Triplets.Count;

    /// <summary>Factors added so far: the number the next one gets.</summary>
    public int FactorCount => _factors.Triplets.Count;

    /// <summary>A process makes (positive) or takes (negative) a product.</summary>
    /// <param name="process">The process.</param>
    /// <param name="product">The product.</param>
    /// <param name="amount">How much.</param>
    /// <param name="uncertainty">Its uncertainty.</param>
    /// <param name="stream">
    /// Number of its random stream, where it shall be drawn alike in systems that are not built alike; all
    /// uncertain amounts of a system have one, or none has.
    /// </param>
    public ProductSystemBuilder Exchange(ProcessIndex process, ProductIndex product, double amount,
        Uncertainty uncertainty = default, uint? stream = null)
    {
        _technosphere.Add(product.Value, process.Value, amount, uncertainty, stream);
        return this;
    }

    /// <summary>A process gives to, or takes from, nature; the method's sign convention decides
    /// which.</summary>
    public ProductSystemBuilder Emit(ProcessIndex process, ElementaryFlowIndex flow, double amount,
        Uncertainty uncertainty = default, uint? stream = null)
    {
        _biosphere.Add(flow.Value, process.Value, amount, uncertainty, stream);
        return this;
    }

    /// <summary>The impact of one unit of an elementary flow.</summary>
    public ProductSystemBuilder Factor(CategoryIndex category, ElementaryFlowIndex flow, double factor,
        Uncertainty uncertainty = default, uint? stream = null)
    {
        _factors.Add(category.Value, flow.Value, factor, uncertainty, stream);
        return this;
    }

    /// <summary>Checks and compresses.</summary>
    /// <exception cref="InvalidSystemException">With every fault found and its process named.</exception>
    /// <exception cref="ArgumentException">
    /// Some uncertain amounts have a random stream and others none: these would be drawn alike.
    /// </exception>
    public ProductSystem Build()
    {
        Cells[] parts = [_technosphere, _biosphere, _factors];
        if (Array.Exists(parts, p => p.HasStreams) && Array.Exists(parts, p => p.HasUncertainWithoutStream))
            throw new ArgumentException("All uncertain amounts have a random stream, or none has.");
        var technosphere = _technosphere.Compress(products, processes);
        var biosphere = _biosphere.Compress(elementaryFlows, processes);
        var factors = _factors.Compress(categories, elementaryFlows);
        return new ProductSystem(technosphere, biosphere, factors, _names);
    }

    /// <summary>Triplets with an uncertainty each.</summary>
    private sealed class Cells
    {
        public List<Triplet> Triplets { get; } = [];

        private readonly List<(int Entry, Uncertainty Value)> _uncertain = [];
        private readonly List<(int Entry, uint Stream)> _streams = [];

        public bool HasStreams => _streams.Count > 0;

        public bool HasUncertainWithoutStream { get; private set; }

        public void Add(int row, int column, double value, Uncertainty uncertainty, uint? stream)
        {
            if (uncertainty.IsUncertain) _uncertain.Add((Triplets.Count, uncertainty));
            if (stream is { } number) _streams.Add((Triplets.Count, number));
            else HasUncertainWithoutStream |= uncertainty.IsUncertain;
            Triplets.Add(new Triplet(row, column, value));
        }

        public UncertainMatrix Compress(int rows, int columns)
        {
            var matrix = SparseMatrix.FromTriplets(rows, columns, Triplets, out var places);
            var uncertainty = _uncertain.Count == 0 ? [] : new Uncertainty[places.Length];
            foreach (var (entry, value) in _uncertain) uncertainty[places[entry]] = value;
            var streams = _streams.Count == 0 ? [] : new uint[places.Length];
            foreach (var (entry, number) in _streams) streams[places[entry]] = number;
            return new UncertainMatrix(matrix, uncertainty) { Places = places, Streams = streams };
        }
    }
}

/// <summary>A matrix and the uncertainty of each entry; an empty array when all are known exactly.</summary>
public sealed record UncertainMatrix(SparseMatrix Matrix, Uncertainty[] Uncertainty)
{
    /// <summary>Where the n-th exchange given to the builder stands; empty if there was no builder.</summary>
    public int[] Places { get; init; } = [];

    /// <summary>
    /// The random stream of each entry; empty where entries are numbered in their order, which is the same
    /// for systems of one pattern only.
    /// </summary>
    public uint[] Streams { get; init; } = [];

    /// <summary>The uncertainty of an entry.</summary>
    public Uncertainty Of(int entry) => Uncertainty.Length == 0 ? default : Uncertainty[entry];
}
