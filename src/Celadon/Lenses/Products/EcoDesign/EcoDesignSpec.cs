using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>A design and what is known of it: judgements with evidence, and what it is made of.</summary>
public sealed record EcoDesignSpec
{
    /// <summary>The design.</summary>
    public required string Product { get; init; }

    /// <summary>Criteria that somebody has judged; the others cannot be judged.</summary>
    public ImmutableArray<CriterionJudgement> Judgements { get; init; } = [];

    /// <summary>Parts with the substances in them.</summary>
    public ImmutableArray<DesignPart> Parts { get; init; } = [];
}

/// <summary>How a criterion is met.</summary>
public enum Verdict
{
    /// <summary>Met, with evidence.</summary>
    Pass,

    /// <summary>Not met, with evidence.</summary>
    Fail,

    /// <summary>It does not concern this product.</summary>
    OutOfScope,

    /// <summary>Nothing to judge by.</summary>
    CannotJudge,

    /// <summary>There are signs that it is not met, and no proof.</summary>
    Suspected,
}

/// <summary>A judgement.</summary>
public sealed record CriterionJudgement
{
    /// <summary>Id of the criterion in the pack.</summary>
    public required string Criterion { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What shows it: a drawing, a test report, a supplier's statement.</summary>
    public string? Evidence { get; init; }
}

/// <summary>A part of one material throughout ("homogeneous material"), which limits are set for.</summary>
public sealed record DesignPart
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Substances that are known to be in it.</summary>
    public required ImmutableArray<PartSubstance> Substances { get; init; }
}

/// <summary>A substance in a part.</summary>
public sealed record PartSubstance
{
    /// <summary>
    /// CAS number, "117-81-7"; for a group without one its id in the pack: "polybrominated-biphenyls".
    /// </summary>
    public required string Cas { get; init; }

    /// <summary>Mass in the part, % w/w; null where it is not known.</summary>
    public Amount? Percent { get; init; }
}
