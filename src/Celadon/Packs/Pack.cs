using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Celadon.Ledger;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Packs;

/// <summary>The licence under which a pack's figures may be used.</summary>
/// <param name="Id">SPDX id where there is one: "OGL-UK-3.0".</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it stands; empty when it stands nowhere.</param>
/// <param name="Attribution">
/// What must be said wherever the figures are shown; empty when nothing must.
/// </param>
public sealed record Licence(string Id, string Name, string Url, string Attribution);

/// <summary>When an edition applies. Both dates are null when it has none.</summary>
/// <param name="By">Which date decides.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day after.</param>
public sealed record PackApplies(AppliesBy By, LocalDate? From, LocalDate? To);

/// <summary>
/// A table of a pack: its file, what it holds, and the row count and hash that pack.json states.
/// </summary>
public sealed record PackTable(string File, string Kind, int Rows, string Sha256);

/// <summary>What pack.json says about a pack edition.</summary>
public sealed record PackHeader
{
    /// <summary>Which pack: "uk-desnz-2026".</summary>
    public required string Id { get; init; }

    /// <summary>Which edition.</summary>
    public required string Edition { get; init; }

    /// <summary>Its title in both languages.</summary>
    public required Name Title { get; init; }

    /// <summary>Who published the figures.</summary>
    public required string Publisher { get; init; }

    /// <summary>When: a year, a month or a day; empty when not known.</summary>
    public required string Published { get; init; }

    /// <summary>Under which licence.</summary>
    public required Licence Licence { get; init; }

    /// <summary>Where the figures come from, as a citation.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the publisher's file, lower-case hex; null when there is no one file.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>True when nothing of the source's edition is missing.</summary>
    public required bool Complete { get; init; }

    /// <summary>What is there and what is not; empty for a complete pack.</summary>
    public string Completeness { get; init; } = "";

    /// <summary>When it applies.</summary>
    public required PackApplies Applies { get; init; }

    /// <summary>What a user must know, in both languages.</summary>
    public Name Notes { get; init; } = new();

    /// <summary>Its tables.</summary>
    public required ImmutableArray<PackTable> Tables { get; init; }

    /// <summary>Publisher, edition and licence in one line.</summary>
    public string Citation => $"{Publisher}, {Id} {Edition}, {Licence.Name}";
}

/// <summary>A pack edition that loaded clean: its header, rows and hash.</summary>
public sealed record Pack
{
    /// <summary>What pack.json says.</summary>
    public required PackHeader Header { get; init; }

    /// <summary>
    /// SHA-256 over its files: for pack.json and then each table in the order of pack.json, the name, a line
    /// feed,
    /// the length in bytes as decimal text, a line feed, and the bytes. Lower-case hex.
    /// </summary>
    public required string Sha256 { get; init; }

    /// <summary>Rows of its tables of kind "factors".</summary>
    public ImmutableArray<Factor> Factors { get; init; } = [];

    /// <summary>Rows of kind "gwp".</summary>
    public ImmutableArray<GwpRow> Gwps { get; init; } = [];

    /// <summary>Rows of kind "blends".</summary>
    public ImmutableArray<BlendRow> Blends { get; init; } = [];

    /// <summary>Rows of kind "resources".</summary>
    public ImmutableArray<Resource> Resources { get; init; } = [];

    /// <summary>Rows of kind "places".</summary>
    public ImmutableArray<PlaceRow> Places { get; init; } = [];

    /// <summary>Rows of kind "related".</summary>
    public ImmutableArray<RelatedResource> Related { get; init; } = [];

    /// <summary>Rows of kind "calorific-values".</summary>
    public ImmutableArray<FuelProperty> FuelProperties { get; init; } = [];

    /// <summary>Rows of kind "rules".</summary>
    public ImmutableArray<ScopeRule> Rules { get; init; } = [];

    /// <summary>Rows of kind "categories".</summary>
    public ImmutableArray<InventoryCategory> Categories { get; init; } = [];

    /// <summary>Rows of kind "facts".</summary>
    public ImmutableArray<FactName> FactNames { get; init; } = [];

    /// <summary>Rows of kind "intensity".</summary>
    public ImmutableArray<IntensityRow> Intensities { get; init; } = [];

    /// <summary>Rows of kind "uncertainties".</summary>
    public ImmutableArray<FactorUncertainty> Uncertainties { get; init; } = [];

    /// <summary>Rows of kind "values".</summary>
    public ImmutableArray<RuleValue> Values { get; init; } = [];

    /// <summary>Rows of kind "days".</summary>
    public ImmutableArray<CalendarDay> Days { get; init; } = [];

    /// <summary>Rows of kind "indicators".</summary>
    public ImmutableArray<IndicatorRow> Indicators { get; init; } = [];

    /// <summary>Rows of kind "characterisation".</summary>
    public ImmutableArray<CharacterisationRow> Characterisations { get; init; } = [];

    /// <summary>Rows of kind "impact-categories".</summary>
    public ImmutableArray<ImpactCategoryRow> ImpactCategories { get; init; } = [];

    /// <summary>Rows of kind "compartments".</summary>
    public ImmutableArray<CompartmentRow> Compartments { get; init; } = [];

    /// <summary>Rows of kind "criteria".</summary>
    public ImmutableArray<CriterionRow> Criteria { get; init; } = [];

    /// <summary>Rows of kind "substances".</summary>
    public ImmutableArray<SubstanceRow> Substances { get; init; } = [];

    /// <summary>Rows of kind "substance-members".</summary>
    public ImmutableArray<SubstanceMember> SubstanceMembers { get; init; } = [];

    /// <summary>Rows of kind "substitutes".</summary>
    public ImmutableArray<SubstituteRow> Substitutes { get; init; } = [];

    /// <summary>Rows of kind "bands".</summary>
    public ImmutableArray<IntensityBand> Bands { get; init; } = [];

    /// <summary>
    /// The life-cycle inventory database in its tables of kind "lci-…", read when first asked for; null when
    /// it has none.
    /// </summary>
    public Lazy<Lci.LciLookup>? Lci { get; init; }

    /// <summary>How the journal names this edition.</summary>
    public PackEdition AsEdition => new(Header.Id, Header.Edition, Sha256);

    /// <summary>The hash of a pack's files, in order.</summary>
    public static string HashOf(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files)
        {
            var length = bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{length}\n"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Where packs are read from: a folder, an archive, the workspace's store of editions.</summary>
public interface IPackSource
{
    /// <summary>Ids of the packs there, in order.</summary>
    IReadOnlyList<string> Packs { get; }

    /// <summary>
    /// The bytes of a file of a pack ("pack.json", "factors.csv"), or null when there is none.
    /// </summary>
    byte[]? Read(string pack, string file);
}
