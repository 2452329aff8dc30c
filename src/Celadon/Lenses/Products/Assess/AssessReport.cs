using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>What an amount of a process weighs, category by category.</summary>
/// <param name="Database">Id of the database; null for a system in the spec.</param>
/// <param name="ProcessId">Identifier of the process.</param>
/// <param name="Process">Its name.</param>
/// <param name="Flow">Name of its reference flow.</param>
/// <param name="Amount">How much was asked for.</param>
/// <param name="Method">What the inventory was weighed with.</param>
/// <param name="Categories">The scores.</param>
/// <param name="CutOff">What is missing from the supply chain.</param>
/// <param name="CoProducts">Co-products of the supply chain that bear nothing; the first hundred.</param>
/// <param name="Solver">How the system was solved.</param>
public sealed record AssessReport(string? Database, string ProcessId, string Process, string Flow,
    Figure Amount, AssessedMethod Method, ImmutableArray<AssessedCategory> Categories,
    AssessedCutOff CutOff, ImmutableArray<AssessedFree> CoProducts, AssessedSolver Solver)
{
    /// <summary>Damage categories of the method; none where not all categories were asked for.</summary>
    public ImmutableArray<AssessedDamage> Damages { get; init; } = [];

    /// <summary>Scores by the set that was asked for; null when none was.</summary>
    public AssessedWeighting? Weighting { get; init; }
}

/// <summary>
/// What the inventory was weighed with, and what of it that leaves out. A flow without factor adds nothing
/// to any score, whatever it does to the world.
/// </summary>
/// <param name="Id">Id of the pack or database; null for factors in the spec.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Gwp">The set of global warming potentials; null for other methods.</param>
/// <param name="Flows">Flows from and to nature in the supply chain.</param>
/// <param name="WithFactor">Those of them with a factor in at least one category asked for.</param>
/// <param name="Suspects">
/// Those without factor that look like what the method counts; the first hundred. Their count is beside
/// them.
/// </param>
/// <param name="SuspectCount">How many there are.</param>
/// <param name="Others">The others without factor, by name; the first hundred.</param>
/// <param name="Treated">Flows with a factor whose treatment must be said.</param>
public sealed record AssessedMethod(string? Id, Name? Name, GwpSet? Gwp, int Flows, int WithFactor,
    ImmutableArray<AssessedUnmatched> Suspects, int SuspectCount, ImmutableArray<AssessedUnmatched> Others,
    ImmutableArray<AssessedTreated> Treated)
{
    /// <summary>Sets for normalisation and weighting that may be asked for.</summary>
    public ImmutableArray<AssessedSet> Sets { get; init; } = [];
}

/// <summary>A flow without factor.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Compartment">The path of its category.</param>
/// <param name="Amount">Its total over the supply chain.</param>
public sealed record AssessedUnmatched(string Id, string Name, string Compartment, Figure Amount);

/// <summary>A flow whose treatment must be said.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Compartment">The path of its category.</param>
/// <param name="Treatment">How it is treated.</param>
/// <param name="Amount">Its total over the supply chain.</param>
public sealed record AssessedTreated(string Id, string Name, string Compartment, Name Treatment,
    Figure Amount);

/// <summary>A co-product that bears nothing.</summary>
/// <param name="Process">Name of the process.</param>
/// <param name="Flow">Name of the co-product.</param>
/// <param name="Amount">How much of it the supply chain gives out beside.</param>
/// <param name="RuleStated">
/// Whether the process, or the spec, says that the reference bears all; false where nothing is said.
/// </param>
public sealed record AssessedFree(string Process, string Flow, Figure Amount, bool RuleStated);

/// <summary>The score in one category. No two categories are added.</summary>
/// <param name="Id">Identifier of the category.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">The score.</param>
/// <param name="Accuracy">How far it can be trusted as a number.</param>
/// <param name="Processes">What each process itself gives to it.</param>
/// <param name="Flows">What each flow from or to nature gives to it.</param>
/// <param name="FirstTier">The process itself, and each of its inputs with all behind it.</param>
/// <param name="Tree">The supply chain as a tree; null when it was not asked for.</param>
/// <param name="Sankey">The supply chain as a diagram; null when it was not asked for.</param>
/// <param name="MonteCarlo">What the samples say; null when none were asked for.</param>
public sealed record AssessedCategory(string Id, Name Name, Figure Score, AssessedAccuracy Accuracy,
    AssessedParts Processes, AssessedParts Flows, AssessedParts FirstTier, AssessedTree? Tree,
    AssessedSankey? Sankey, AssessedSpread? MonteCarlo) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score);
}

/// <summary>
/// How far a score can be trusted as a number, to first order. What its amounts are worth is another matter.
/// </summary>
/// <param name="Error">What the residual and the rounding of amounts may have done to the score.</param>
/// <param name="Condition">
/// How many times a relative change of all amounts at once may come out in the score; null where it is 0.
/// </param>
/// <param name="Digits">Digits of the score that rounding leaves, 0 to 15.</param>
/// <param name="Weakest">Name of the process that lends most to the error.</param>
/// <param name="IsWeak">
/// True where the error is above a millionth of all that was added up: a loop gives out hardly more than it
/// takes.
/// </param>
public sealed record AssessedAccuracy(Figure Error, Figure? Condition, int Digits, string Weakest,
    bool IsWeak);

/// <summary>
/// Contributions to a score, largest first by size. Those shown and both rests add up to the score.
/// </summary>
/// <param name="Top">The largest.</param>
/// <param name="RestBurdens">Burdens that are not shown.</param>
/// <param name="RestCredits">Credits that are not shown, not above 0.</param>
/// <param name="RestCount">How many are not shown.</param>
/// <param name="Burdens">All burdens, shown or not.</param>
/// <param name="Credits">All credits, shown or not.</param>
public sealed record AssessedParts(ImmutableArray<AssessedPart> Top, Figure RestBurdens, Figure RestCredits,
    int RestCount, Figure Burdens, Figure Credits);

/// <summary>A contribution.</summary>
/// <param name="Id">Identifier of the process or flow.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">What it gives to the score; a credit is negative.</param>
public sealed record AssessedPart(string Id, string Name, Figure Score) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score);
}

/// <summary>Inputs and wastes of the supply chain that lead nowhere.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The first hundred, in the order of processes.</param>
public sealed record AssessedCutOff(int Count, ImmutableArray<AssessedUnlinked> First);

/// <summary>An input, or waste, that leads nowhere.</summary>
/// <param name="Process">Name of the process that takes it.</param>
/// <param name="Flow">Name of the flow.</param>
/// <param name="Amount">How much of it the supply chain takes there.</param>
/// <param name="Candidates">How many providers there are: none, or several.</param>
public sealed record AssessedUnlinked(string Process, string Flow, Figure Amount, int Candidates);

/// <summary>How the system was solved.</summary>
/// <param name="Way">Text key of the way.</param>
/// <param name="Processes">How many processes the system has.</param>
/// <param name="BackwardError">Componentwise backward error of the supply.</param>
/// <param name="Reason">Text key of why this way was taken.</param>
/// <param name="Iterations">Sweeps, tiers or steps; 0 for a factor.</param>
public sealed record AssessedSolver(string Way, int Processes, Figure BackwardError, string Reason,
    int Iterations);

/// <summary>What the samples of a score say.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Median">Median.</param>
/// <param name="Deviation">Standard deviation, with n − 1.</param>
/// <param name="Low">2.5th percentile.</param>
/// <param name="LowerQuarter">25th percentile.</param>
/// <param name="UpperQuarter">75th percentile.</param>
/// <param name="High">97.5th percentile.</param>
/// <param name="Bins">
/// How the samples lie: bins of one width between the 0.5th and the 99.5th percentile.
/// </param>
/// <param name="Below">Samples below the first bin.</param>
/// <param name="Above">Samples above the last bin.</param>
/// <param name="StandardError">Standard error of the mean.</param>
/// <param name="Convergence">Mean and quantiles after 1, 2, 4, 8, … samples.</param>
/// <param name="Variance">
/// The uncertain amounts, factors and parameters that contribute most to the variance, to first order.
/// </param>
/// <param name="VarianceRest">
/// What all uncertain amounts that are not shown contribute together, %; null where nothing is uncertain.
/// </param>
/// <param name="Exact">
/// Samples that had to be solved by a factor, since their loops give back nearly all, or more than they take.
/// </param>
public sealed record AssessedSpread(int Samples, uint Seed, Figure Mean, Figure Median, Figure Deviation,
    Figure Low, Figure LowerQuarter, Figure UpperQuarter, Figure High, ImmutableArray<AssessedBin> Bins,
    Figure Below, Figure Above, Figure StandardError, ImmutableArray<AssessedConvergence> Convergence,
    ImmutableArray<AssessedVariance> Variance, Figure? VarianceRest, int Exact);

/// <summary>What the first samples say.</summary>
/// <param name="Samples">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardError">Its standard error; null of one sample.</param>
/// <param name="Low">Their 2.5th percentile.</param>
/// <param name="Median">Their median.</param>
/// <param name="High">Their 97.5th percentile.</param>
public sealed record AssessedConvergence(int Samples, Figure Mean, Figure? StandardError, Figure Low,
    Figure Median, Figure High);

/// <summary>
/// An uncertain number and what it does to the score. One that stands in several places, such as a parameter
/// that several amounts follow, counts once.
/// </summary>
/// <param name="Part">Text key: an exchange of a product, one with nature, a factor, or a parameter.</param>
/// <param name="Process">
/// Name of the process; of a parameter the process or category that it belongs to, empty for one of the whole
/// database; empty for a factor.
/// </param>
/// <param name="Flow">Name of the flow; empty for a parameter.</param>
/// <param name="Share">Its share of the variance, to first order, %.</param>
/// <param name="Rank">How its drawn values go with the scores: Spearman's correlation of ranks.</param>
public sealed record AssessedVariance(string Part, string Process, string Flow, Figure Share, Figure Rank)
{
    /// <summary>Name of the parameter; null for an amount or a factor.</summary>
    public string? Parameter { get; init; }

    /// <summary>Name of the process that provides the flow; null where nobody need.</summary>
    public string? Provider { get; init; }
}

/// <summary>Samples from a value up to, but not with, another; the last bin holds its upper end.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Count">Samples in it.</param>
public sealed record AssessedBin(Figure From, Figure To, Figure Count);
