using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>The stated numbers laid on the indicators of the pack and the modules of the standard.</summary>
internal sealed class DeclarationTable
{
    private readonly Dictionary<string, (ImmutableSortedDictionary<string, string> Values, string At)> _rows =
        new(StringComparer.Ordinal);
    private readonly List<Finding> _findings;
    private readonly ImmutableArray<IndicatorRow> _known;
    private readonly string _at;
    private readonly Figure? _production;

    /// <param name="spec">The declaration.</param>
    /// <param name="at">Where it stands in the question.</param>
    /// <param name="packs">The indicators.</param>
    /// <param name="findings">What a reader must know.</param>
    /// <param name="production">A1-A3 of GWP-fossil from a footprint; null where it is stated.</param>
    public DeclarationTable(DeclarationSpec spec, string at, FactorLibrary packs, List<Finding> findings,
        Figure? production)
    {
        (_findings, _at, _production) = (findings, at, production);
        _known = [.. packs.Packs.SelectMany(pack => pack.Indicators).OrderBy(i => i.Order)];
        if (_known.IsEmpty) throw Refusal.At("products.declaration.noIndicators", at + "/indicators");
        for (var i = 0; i < (spec.Indicators.IsDefault ? 0 : spec.Indicators.Length); i++)
            AddRow(spec.Indicators[i], FormattableString.Invariant($"{at}/indicators/{i}"));
        if (production is not null)
            foreach (var id in (string[])[DeclaredProduction.Fossil, DeclaredProduction.Total])
                _rows.TryAdd(id, (ImmutableSortedDictionary<string, string>.Empty, at + "/footprint"));
        if (_rows.Count == 0) throw Refusal.At("products.declaration.empty", at + "/indicators");
        Modules = ModulesOf(spec.Modules);
    }

    /// <summary>The columns with their status.</summary>
    public ImmutableArray<DeclaredModule> Modules { get; }

    /// <summary>The rows; what is missing is said once a row.</summary>
    public ImmutableArray<DeclaredIndicator> Indicators()
    {
        var missing = _known.Where(k => !_rows.ContainsKey(k.Id)).Select(k => k.Id).ToList();
        if (missing.Count > 0) _findings.Add(Finding.Of("products.declaration.indicators", Severity.Warning,
            new Place(Pointer: _at + "/indicators"), ("indicators", string.Join(", ", missing))));
        return [.. _known.Where(k => _rows.ContainsKey(k.Id)).Select(Indicator)];
    }

    private void AddRow(DeclaredValues row, string at)
    {
        if (!_known.Any(k => k.Id == row.Indicator)) throw Refusal.At("products.declaration.indicator",
            at + "/indicator", ("name", row.Indicator),
            ("names", string.Join(", ", _known.Select(k => k.Id))));
        foreach (var (module, text) in row.Values)
        {
            CheckModule(module, $"{at}/values/{module}");
            if (text is not (DeclarationModules.NotDeclared or DeclarationModules.NotRelevant)
                && PrintedNumber.Read(text) is null)
                throw Refusal.At("products.declaration.number", $"{at}/values/{module}", ("text", text));
        }
        if (!_rows.TryAdd(row.Indicator, (row.Values, at))) throw Refusal.At("products.declaration.twice",
            at + "/indicator", ("name", row.Indicator));
    }

    /// <summary>Refuses what is no module of the standard.</summary>
    public static void CheckModule(string module, string at)
    {
        if (!DeclarationModules.All.Contains(module)) throw Refusal.At("products.declaration.module", at,
            ("name", module), ("names", string.Join(", ", DeclarationModules.All)));
    }

    private ImmutableArray<DeclaredModule> ModulesOf(ImmutableSortedDictionary<string, string> named)
    {
        var stated = _rows.Values.SelectMany(r => r.Values)
            .Where(v => PrintedNumber.Read(v.Value) is not null).Select(v => v.Key).ToHashSet();
        if (_production is not null) stated.Add(DeclarationModules.Production);
        foreach (var (module, status) in named)
        {
            CheckModule(module, $"{_at}/modules/{module}");
            if (status is not (DeclarationModules.NotDeclared or DeclarationModules.NotRelevant)
                || stated.Contains(module))
                throw Refusal.At("products.declaration.status", $"{_at}/modules/{module}",
                    ("name", module), ("status", status));
        }
        return [.. DeclarationModules.Columns(stated).Select(module => new DeclaredModule(module,
            stated.Contains(module) ? DeclarationModules.Declared
                : named.GetValueOrDefault(module, DeclarationModules.NotDeclared)))];
    }

    private DeclaredIndicator Indicator(IndicatorRow known)
    {
        var (values, at) = _rows[known.Id];
        var cells = Modules.Select(m => Cell(m, values.GetValueOrDefault(m.Id), known.Unit, at, known.Id))
            .ToImmutableArray();
        var gaps = cells.Zip(Modules).Where(c => c.Second.Status == DeclarationModules.Declared
            && c.First.Status == DeclarationModules.NotDeclared).Select(c => c.First.Module).ToList();
        if (gaps.Count > 0) _findings.Add(Finding.Of("products.declaration.gaps", Severity.Warning,
            new Place(Pointer: at), ("name", known.Id), ("modules", string.Join(", ", gaps))));
        var production = Production(cells, known.Unit);
        return new DeclaredIndicator(known.Id, known.Group, known.Name, known.Unit, cells, production,
            LifeCycle(cells, production, known.Unit));
    }

    private DeclaredCell Cell(DeclaredModule module, string? text, string unit, string at, string row)
    {
        if (text is null && module.Id == DeclarationModules.Production && FromFootprint(row, unit) is { } own)
            return new DeclaredCell(module.Id, DeclarationModules.Declared, own, null);
        if (text is not null && PrintedNumber.Read(text) is { } number)
            return new DeclaredCell(module.Id, DeclarationModules.Declared,
                new Figure(number.Value, unit, new Trace.Given($"{at}/values/{module.Id}")), text.Trim());
        var status = text ?? (module.Status == DeclarationModules.Declared
            ? DeclarationModules.NotDeclared : module.Status);
        return new DeclaredCell(module.Id, status, null, null);
    }

    /// <summary>
    /// GWP-fossil from the footprint; GWP-total as its sum with what is stated of biogenic and luluc, where
    /// both are.
    /// </summary>
    private Figure? FromFootprint(string row, string unit)
    {
        if (_production is null) return null;
        if (row == DeclaredProduction.Fossil) return _production with { Unit = unit };
        if (row != DeclaredProduction.Total) return null;
        var parts = new List<(string, Figure)>
            { (DeclaredProduction.Fossil, _production with { Unit = unit }) };
        foreach (var part in DeclaredProduction.Others)
        {
            if (!_rows.TryGetValue(part, out var stated) || stated.Values.GetValueOrDefault(
                DeclarationModules.Production) is not { } text || PrintedNumber.Read(text) is not { } number)
                return null;
            parts.Add((part, new Figure(number.Value, unit,
                new Trace.Given($"{stated.At}/values/{DeclarationModules.Production}"))));
        }
        return Figure.Sum(unit, parts);
    }

    /// <summary>A1 to A3 as stated, else the sum of the three where all are stated.</summary>
    private static Figure? Production(ImmutableArray<DeclaredCell> cells, string unit)
    {
        if (cells.FirstOrDefault(c => c.Module == DeclarationModules.Production)?.Value is { } whole)
            return whole;
        var parts = cells.Where(c => DeclarationModules.ProductionParts.Contains(c.Module)).ToList();
        return parts.Count < 3 || parts.Exists(c => c.Value is null) ? null
            : Figure.Sum(unit, [.. parts.Select(c => (c.Module, c.Value!))]);
    }

    private static Figure? LifeCycle(ImmutableArray<DeclaredCell> cells, Figure? production, string unit)
    {
        var later = cells.Where(c => c.Module != DeclarationModules.Production
            && c.Module != DeclarationModules.Beyond
            && !DeclarationModules.ProductionParts.Contains(c.Module)).ToList();
        return production is null || later.Exists(c => c.Status == DeclarationModules.NotDeclared) ? null
            : Figure.Sum(unit, [(DeclarationModules.Production, production),
                .. later.Where(c => c.Value is not null).Select(c => (c.Module, c.Value!))]);
    }
}
