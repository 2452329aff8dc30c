using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// The organisational boundary: which sites count, and with which share (GHG Protocol Corporate Standard,
/// chapter 3). Of a site of which the register does not say what the approach needs it is not known whether
/// it counts: it is asked for by name, every total is partial meanwhile, and nothing is guessed.
/// </summary>
internal sealed class Boundary
{
    private readonly Dictionary<string, Figure> _shares = new(StringComparer.Ordinal);

    private Boundary(Organisation? organisation, Consolidation consolidation) =>
        (Organisation, Consolidation) = (organisation, consolidation);

    /// <summary>The organisation; null where the register holds none.</summary>
    public Organisation? Organisation { get; }

    /// <summary>The approach.</summary>
    public Consolidation Consolidation { get; }

    /// <summary>The sites looked at, in order of id.</summary>
    public ImmutableArray<Site> Sites { get; private set; } = [];

    /// <summary>
    /// Sites whose share cannot be told, with the field of the register that would tell: totals are partial.
    /// </summary>
    public List<(Site Site, string Field)> Untold { get; } = [];

    /// <summary>True when the share of a site cannot be told.</summary>
    public bool HasUntold => Untold.Count > 0;

    /// <summary>True when movements that belong to no site count too.</summary>
    public bool CountsSiteless { get; private set; }

    /// <summary>Draws the boundary.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="approach">An approach in place of the spec's; null for the spec's.</param>
    /// <param name="registers">What exists.</param>
    /// <param name="findings">Gets what cannot be told.</param>
    /// <param name="supposed">A site to reckon alone, as if it counted whole; else null.</param>
    /// <exception cref="RefusedException">
    /// A site or organisation is unknown, several organisations exist and none is named, or no approach is
    /// known.
    /// </exception>
    public static Boundary Of(
        InventorySpec spec, Consolidation? approach, RegisterSet registers, List<Finding> findings,
        string? supposed = null)
    {
        var organisation = OrganisationOf(spec, registers);
        var chosen = approach ?? spec.Consolidation ?? organisation?.Consolidation
            ?? throw RefusedException.Of("inventory.consolidation");
        var boundary = new Boundary(organisation, chosen)
        {
            Sites = SitesOf(spec, organisation, registers),
            CountsSiteless = spec.Sites.IsEmpty,
        };
        if (supposed is not null)
        {
            boundary.CountsSiteless = false;
            boundary._shares[supposed] = new Figure(Amount.One, "", new Trace.Constant(supposed));
            return boundary;
        }
        foreach (var site in boundary.Sites) boundary.Add(site, registers, findings);
        return boundary;
    }

    /// <summary>
    /// True when what a site does counts, with the share that multiplies it; null where it counts whole, as a
    /// movement of no site does.
    /// </summary>
    public bool Counts(string site, out Figure? share)
    {
        share = ShareOf(site) is { } own && own.Value != Amount.One ? own : null;
        return site.Length == 0 ? CountsSiteless : _shares.ContainsKey(site);
    }

    /// <summary>The share of a site; null when it does not count.</summary>
    public Figure? ShareOf(string site) => _shares.GetValueOrDefault(site);

    private static Organisation? OrganisationOf(InventorySpec spec, RegisterSet registers)
    {
        var all = registers.Of<Organisation>().ToArray();
        if (spec.Organisation is { } named)
            return all.FirstOrDefault(o => o.Id == named)
                ?? throw RefusedException.Of("inventory.organisationUnknown", ("organisation", named),
                    ("known", string.Join(", ", all.Select(o => o.Id))));
        if (all.Length > 1)
            throw RefusedException.Of("inventory.organisationOpen",
                ("known", string.Join(", ", all.Select(o => o.Id))));
        return all.FirstOrDefault();
    }

    private static ImmutableArray<Site> SitesOf(
        InventorySpec spec, Organisation? organisation, RegisterSet registers)
    {
        var all = registers.Of<Site>().ToArray();
        foreach (var named in spec.Sites)
            if (!Array.Exists(all, s => s.Id == named))
                throw RefusedException.Of("inventory.siteUnknown", ("site", named),
                    ("known", string.Join(", ", all.Select(s => s.Id))));
        return [.. all.Where(s => spec.Sites.IsEmpty || spec.Sites.Contains(s.Id))
            .Where(s => s.Organisation is null || organisation is null || s.Organisation == organisation.Id)];
    }

    private void Add(Site site, RegisterSet registers, List<Finding> findings)
    {
        var (field, stated) = Consolidation switch
        {
            Consolidation.OperationalControl => ("operationalControl", Share(site.OperationalControl)),
            Consolidation.FinancialControl => ("financialControl", Share(site.FinancialControl)),
            _ => ("equityShare", site.EquityShare),
        };
        if (stated is not { } share)
        {
            Untold.Add((site, field));
            findings.Add(Finding.Of("inventory.controlNotStated", Severity.Warning, null,
                ("site", site.Id), ("field", field), ("approach", Word(Consolidation))));
            return;
        }
        if (share.Sign <= 0) return;
        _shares[site.Id] = new Figure(share, "",
            new Trace.Registered("site", site.Id, field, registers.PositionOf("site", site.Id)));
    }

    private static Amount? Share(bool? controls) =>
        controls is { } known ? (known ? Amount.One : Amount.Zero) : null;

    /// <summary>The written word of an approach.</summary>
    public static string Word(Consolidation consolidation) => consolidation switch
    {
        Consolidation.OperationalControl => "operational-control",
        Consolidation.FinancialControl => "financial-control",
        _ => "equity-share",
    };
}
