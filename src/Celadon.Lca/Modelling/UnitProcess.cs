using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;

namespace Celadon.Lca.Modelling;

/// <summary>What a flow is.</summary>
public enum FlowKind
{
    /// <summary>A product or a service: made by its provider.</summary>
    Product,

    /// <summary>Waste: taken by its provider, the treatment.</summary>
    Waste,

    /// <summary>From or to nature.</summary>
    Elementary,
}

/// <summary>A flow by its identifier; amounts of one flow have one unit.</summary>
public sealed record Flow(string Id, FlowKind Kind);

/// <summary>What a process takes in or gives out at its stated scale.</summary>
public sealed record UnitExchange(Flow Flow, double Amount, bool IsInput)
{
    /// <summary>The process that makes the product or treats the waste, if stated.</summary>
    public string? Provider { get; init; }

    /// <summary>True where the exchange saves production (or treatment) elsewhere.</summary>
    public bool IsAvoided { get; init; }

    /// <summary>
    /// The line it stands on, by which <see cref="UnitProcess.CausalShares"/> name it; null where its flow
    /// does, which then stands on one line.
    /// </summary>
    public string? Line { get; init; }

    /// <summary>Where it happens, if not where the process is.</summary>
    public string? Location { get; init; }

    /// <summary>A formula in place of the amount.</summary>
    public string? Formula { get; init; }

    /// <summary>Uncertainty of the amount.</summary>
    public Uncertainty Uncertainty { get; init; }

    /// <summary>
    /// What drives the amount where samples are drawn; null where it stands by itself. An uncertainty of its
    /// own comes first.
    /// </summary>
    public DrivenAmount? Driven { get; init; }

    /// <summary>Number of its random stream; all uncertain amounts of a model have one, or none.</summary>
    public uint? Stream { get; init; }

    /// <summary>Physical property of one unit by which co-products are compared, such as kg or MJ.</summary>
    public double? Property { get; init; }

    /// <summary>Price of one unit.</summary>
    public double? Price { get; init; }
}

/// <summary>
/// A unit process. The reference is the product it is named after, or the waste it treats. Other products
/// that
/// it gives out, and other waste that it takes in, are co-products.
/// </summary>
public sealed record UnitProcess(string Id, Flow Reference, IReadOnlyList<UnitExchange> Exchanges)
{
    /// <summary>Where it is.</summary>
    public string? Location { get; init; }

    /// <summary>How co-products share its burdens.</summary>
    public AllocationRule Allocation { get; init; } = AllocationRule.Physical;

    /// <summary>
    /// Stated shares by co-product's identifier (<see cref="AllocationRule.Stated"/>); they add up to 1.
    /// </summary>
    public IReadOnlyDictionary<string, double> Shares { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// For causal allocation: the shares of single exchanges, by co-product and by the exchange's line, or
    /// its flow where it has none. An exchange that is not named follows <see cref="Shares"/>; where there
    /// are none either, it is refused, not guessed.
    /// </summary>
    public IReadOnlyDictionary<(string Product, string Line), double> CausalShares { get; init; } =
        new Dictionary<(string, string), double>();

    /// <summary>
    /// What drives a share where samples are drawn, by co-product; in every sample they add up to 1.
    /// </summary>
    public IReadOnlyDictionary<string, DrivenAmount> DrivenShares { get; init; } =
        new Dictionary<string, DrivenAmount>();

    /// <summary>The same of the shares of single exchanges.</summary>
    public IReadOnlyDictionary<(string Product, string Line), DrivenAmount> DrivenCausalShares { get; init; }
        = new Dictionary<(string, string), DrivenAmount>();

    /// <summary>Parameters of this process alone.</summary>
    public WhatIf.ParameterSet? Parameters { get; init; }

    /// <summary>The products made and wastes taken for others, the reference first.</summary>
    internal IEnumerable<UnitExchange> Outputs => Exchanges.Where(IsOutput)
        .OrderByDescending(e => e.Flow.Id == Reference.Id);

    internal static bool IsOutput(UnitExchange e) => !e.IsAvoided && e.Flow.Kind switch
    {
        FlowKind.Product => !e.IsInput,
        FlowKind.Waste => e.IsInput,
        _ => false,
    };
}

/// <summary>How a process with co-products is dealt with.</summary>
public enum AllocationRule
{
    /// <summary>By amount times physical property (ISO 14044, 4.3.4.2 b).</summary>
    Physical,

    /// <summary>By amount times price (ISO 14044, 4.3.4.2 c).</summary>
    Economic,

    /// <summary>Exchange by exchange, by what causes it (ISO 14044, 4.3.4.2 b).</summary>
    Causal,

    /// <summary>By shares that a standard or a contract states.</summary>
    Stated,

    /// <summary>The co-product replaces the same product made elsewhere: system expansion,
    /// substitution.</summary>
    Substitution,

    /// <summary>Everything falls to the reference; co-products are free and are listed.</summary>
    ReferenceBearsAll,
}

/// <summary>What cannot be modelled.</summary>
public enum ModellingFault
{
    /// <summary>The reference is not among the outputs of the process.</summary>
    NoReference,

    /// <summary>A co-product has no physical property or price to be compared by.</summary>
    NothingToAllocateBy,

    /// <summary>Stated shares do not add up to one.</summary>
    SharesDoNotAddUp,

    /// <summary>
    /// A share is below zero: a price or property of another sign than the rest. What nobody would pay for is
    /// waste, not a co-product.
    /// </summary>
    ShareBelowZero,

    /// <summary>A category has two factors for one flow at one place; named as process.</summary>
    FactorTwice,

    /// <summary>
    /// Shares by formula add up to one at the stated values of parameters, but not when these are drawn.
    /// </summary>
    DrawnSharesDoNotAddUp,

    /// <summary>
    /// Amounts of co-products, as they were drawn, add up to nothing, so that they give no shares.
    /// </summary>
    DrawnAmountsGiveNoShares,

    /// <summary>Two processes have one identifier.</summary>
    SameName,

    /// <summary>An exchange names a provider that does not exist or does not provide the flow.</summary>
    NoSuchProvider,

    /// <summary>A formula cannot be worked out.</summary>
    BadFormula,
}

/// <summary>A process that cannot be modelled, what is wrong and with which flow.</summary>
public sealed class ModellingException : Exception
{
    public ModellingException() => (Process, Flow) = ("", "");

    public ModellingException(string message) : base(message) => (Process, Flow) = ("", "");

    public ModellingException(string message, Exception inner) : base(message, inner) =>
        (Process, Flow) = ("", "");

    public ModellingException(ModellingFault fault, string process, string flow, Exception? inner = null)
        : base($"{fault}: process \"{process}\", flow \"{flow}\"", inner) =>
        (Fault, Process, Flow) = (fault, process, flow);

    /// <summary>What is wrong.</summary>
    public ModellingFault Fault { get; }

    /// <summary>The process.</summary>
    public string Process { get; }

    /// <summary>The flow.</summary>
    public string Flow { get; }
}
