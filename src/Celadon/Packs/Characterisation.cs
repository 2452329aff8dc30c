using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Registers;

namespace Celadon.Packs;

/// <summary>What a row of kind "characterisation" says about the flows it names.</summary>
public enum FlowUse
{
    /// <summary>They are a gas that counts.</summary>
    Factor,

    /// <summary>They look like a gas that counts; without a factor they are named.</summary>
    Suspect,

    /// <summary>They look like one and are none.</summary>
    Ignored,
}

/// <summary>Flows of life-cycle databases that are one gas of one origin.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">"methane/fossil".</param>
/// <param name="Use">What it says about them.</param>
/// <param name="Categories">Ids of the impact categories they count in.</param>
/// <param name="Gas">Canonical resource of the gas; empty unless it counts.</param>
/// <param name="Origin">For methane, which of its two values.</param>
/// <param name="Cas">CAS number of the gas; empty when none.</param>
/// <param name="Names">Names of flows; "*" stands for anything where the row only suspects or
/// ignores.</param>
/// <param name="Compartments">Ids of the compartments the names hold in.</param>
/// <param name="Note">How they are treated, where that must be said; else null.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record CharacterisationRow(
    PackHeader Pack, string Id, FlowUse Use, ImmutableArray<string> Categories, string Gas,
    MethaneOrigin? Origin, string Cas, ImmutableArray<string> Names, ImmutableArray<string> Compartments,
    Name? Note, FactorStatus Status, string Source);

/// <summary>An impact category of a pack.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id.</param>
/// <param name="Order">Its place among the others.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit of its scores.</param>
/// <param name="Direction">Which side of a process counts.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record ImpactCategoryRow(
    PackHeader Pack, string Id, int Order, Name Name, string Unit, Direction Direction, FactorStatus Status,
    string Source);

/// <summary>How a compartment is told from the path of a flow's category.</summary>
/// <param name="Id">"air".</param>
/// <param name="Patterns">Parts of a path; "*" stands for anything.</param>
public sealed record CompartmentRow(string Id, ImmutableArray<string> Patterns);
