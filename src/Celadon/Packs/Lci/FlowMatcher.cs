using System.IO.Enumeration;
using Celadon.Lca.Modelling;

namespace Celadon.Packs.Lci;

/// <summary>
/// Says which flows of a life-cycle database are which gas: by name in a compartment where the CAS number
/// does not contradict, else by a CAS number that belongs to one row of the compartment alone. Nothing is
/// guessed from part of a name.
/// </summary>
public sealed class FlowMatcher
{
    private readonly Dictionary<(string Name, string Compartment), CharacterisationRow> _byName = [];
    private readonly ILookup<(string Cas, string Compartment), CharacterisationRow> _byCas;
    private readonly List<CharacterisationRow> _factors;
    private readonly List<CharacterisationRow> _suspects;
    private readonly List<CharacterisationRow> _ignored;
    private readonly IReadOnlyList<CompartmentRow> _compartments;

    /// <summary>A matcher by the rows of a pack.</summary>
    public FlowMatcher(Pack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        _factors = [.. pack.Characterisations.Where(r => r.Use == FlowUse.Factor)];
        foreach (var row in _factors)
            foreach (var compartment in row.Compartments)
                foreach (var name in row.Names) _byName.TryAdd((Plain(name), compartment), row);
        _byCas = _factors.Where(r => r.Cas.Length > 0)
            .SelectMany(r => r.Compartments.Select(c => (Key: (Digits(r.Cas), c), r)))
            .ToLookup(x => x.Key, x => x.r);
        _suspects = [.. pack.Characterisations.Where(r => r.Use == FlowUse.Suspect)];
        _ignored = [.. pack.Characterisations.Where(r => r.Use == FlowUse.Ignored)];
        _compartments = pack.Compartments;
    }

    /// <summary>The row of a flow, or null.</summary>
    public CharacterisationRow? Row(LciFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Kind != FlowKind.Elementary || Compartment(flow) is not { } compartment) return null;
        var cas = Digits(flow.Cas);
        if (_byName.TryGetValue((Plain(flow.Name), compartment), out var named))
            return cas.Length == 0 || named.Cas.Length == 0 || cas == Digits(named.Cas) ? named : null;
        // Carbon dioxide has one number and several origins, so that its number alone says too little.
        return cas.Length > 0 && _byCas[(cas, compartment)].Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary>
    /// True for a flow that looks like a gas that counts, by name or CAS number, and has no row.
    /// </summary>
    public bool IsSuspect(LciFlow flow) => flow.Kind == FlowKind.Elementary && Row(flow) is null
        && ((Fits(_suspects, flow) && !Fits(_ignored, flow)) || HasNumberOfGas(flow));

    /// <summary>Id of the compartment of a flow; null where its path does not say.</summary>
    public string? Compartment(LciFlow flow) => flow.Category.Split('/', StringSplitOptions.TrimEntries)
        .Select(part => _compartments.FirstOrDefault(c => c.Patterns.Any(p => Like(p, part)))?.Id)
        .FirstOrDefault(found => found is not null);

    /// <summary>Also where the path does not say: what cannot be told may be a gas.</summary>
    private bool Fits(List<CharacterisationRow> rows, LciFlow flow) => rows.Exists(row =>
        (Compartment(flow) is not { } compartment || row.Compartments.Contains(compartment))
        && row.Names.Any(name => Like(name, Plain(flow.Name))));

    private bool HasNumberOfGas(LciFlow flow) => Digits(flow.Cas) is { Length: > 0 } cas
        && _factors.Exists(r => Digits(r.Cas) == cas
            && (Compartment(flow) is not { } compartment || r.Compartments.Contains(compartment)));

    private static bool Like(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text);

    /// <summary>A name without its remark in square brackets, which some sources put behind it.</summary>
    private static string Plain(string name)
    {
        var bracket = name.EndsWith(']') ? name.LastIndexOf(" [", StringComparison.Ordinal) : -1;
        return (bracket > 0 ? name[..bracket] : name).Trim().ToLowerInvariant();
    }

    /// <summary>The digits of a CAS number without those zeros that some formats put before it.</summary>
    internal static string Digits(string cas) =>
        string.Concat(cas.Where(char.IsAsciiDigit)).TrimStart('0');
}
