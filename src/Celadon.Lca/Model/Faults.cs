namespace Celadon.Lca.Model;

/// <summary>What can be wrong with a product system.</summary>
public enum FaultKind
{
    /// <summary>There are not as many processes as products: co-products are not allocated yet.</summary>
    NotSquare,

    /// <summary>An amount is not a finite number.</summary>
    NotFinite,

    /// <summary>A process neither makes nor takes anything.</summary>
    EmptyProcess,

    /// <summary>A product that no process makes or takes.</summary>
    EmptyProduct,

    /// <summary>No way of giving each process a product of its own: products are missing a process.</summary>
    NoProducer,

    /// <summary>A process gives out no more of its product than its own supply chain takes.</summary>
    Singular,

    /// <summary>What an uncertainty says is impossible, such as a maximum below a minimum.</summary>
    ImpossibleUncertainty,

    /// <summary>The amounts are so large or so small that the solution is no finite number.</summary>
    OutOfRange,
}

/// <summary>
/// A fault with its place. <see cref="Process"/> and <see cref="Product"/> are set where they apply;
/// <see cref="Name"/> is what the caller calls that process or product.
/// </summary>
public sealed record ModelFault(FaultKind Kind, ProcessIndex? Process, ProductIndex? Product, string Name)
{
    /// <summary>One line for the developer; people are told by code and arguments in their
    /// language.</summary>
    public override string ToString() => Kind switch
    {
        FaultKind.NotSquare => $"not square: {Name}",
        FaultKind.NotFinite => $"an amount of \"{Name}\" is not a finite number",
        FaultKind.EmptyProcess => $"process \"{Name}\" has no exchange of a product",
        FaultKind.EmptyProduct => $"product \"{Name}\" is exchanged by no process",
        FaultKind.NoProducer => $"product \"{Name}\" has no process of its own",
        FaultKind.Singular => $"process \"{Name}\" consumes, with its suppliers, all it gives out",
        FaultKind.OutOfRange => $"how often process \"{Name}\" runs is no finite number",
        _ => $"the uncertainty of an exchange of \"{Name}\" is impossible",
    };
}

/// <summary>A product system that cannot be solved, with every fault found.</summary>
public sealed class InvalidSystemException : Exception
{
    public InvalidSystemException() => Faults = [];

    public InvalidSystemException(string message) : base(message) => Faults = [];

    public InvalidSystemException(string message, Exception inner) : base(message, inner) => Faults = [];

    public InvalidSystemException(IReadOnlyList<ModelFault> faults)
        : base(string.Join("; ", (faults ?? []).Take(20))) => Faults = faults ?? [];

    /// <summary>What is wrong, each with its place.</summary>
    public IReadOnlyList<ModelFault> Faults { get; }
}
