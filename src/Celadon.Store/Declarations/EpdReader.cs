using System.Collections.Immutable;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Declarations;

/// <summary>What reading a declaration gave.</summary>
/// <param name="Spec">The declaration, or null when the file is none.</param>
/// <param name="Findings">What to know, what was not carried included.</param>
public sealed record EpdReading(DeclarationSpec? Spec, IReadOnlyList<Finding> Findings);

/// <summary>
/// Reads a declaration from an ILCD process data set with the EPD extension. Files are hostile: no document
/// types, bounded size and depth.
/// </summary>
public sealed class EpdReader
{
    /// <summary>Larger files are refused.</summary>
    public const int MostBytes = 8 << 20;

    private static readonly LciLimits Limits =
        new() { FileCharacters = MostBytes, Depth = 30, Items = 200_000 };

    private readonly LciNotes _notes = new(Limits);
    private readonly XmlItem _root;
    private readonly ImmutableArray<IndicatorRow> _known;

    private EpdReader(XmlItem root, FactorLibrary packs) =>
        (_root, _known) = (root, [.. packs.Packs.SelectMany(p => p.Indicators)]);

    /// <summary>Reads a file.</summary>
    public static EpdReading Read(string name, byte[] bytes, FactorLibrary packs)
    {
        try
        {
            var root = XmlItem.Read(LciPart.Of(name, bytes), Limits);
            return root.Name == "processDataSet" ? new EpdReader(root, packs).Whole()
                : new EpdReading(null, [Finding.Of("declaration.read.none", Severity.Error,
                    new Place(name), ("file", name), ("root", LciNotes.Shown(root.Name)))]);
        }
        catch (UnusableException problem)
        {
            return new EpdReading(null, [problem.Finding]);
        }
    }

    private EpdReading Whole()
    {
        var information = _root.At("processInformation", "dataSetInformation");
        var own = information?["other"];
        _root["LCIAResults"]?.Take();
        information?["UUID"]?.TakeAll();
        var spec = new DeclarationSpec
        {
            Product = information?["name"]?.TextIn("baseName") ?? "",
            Owner = Named("administrativeInformation", "publicationAndOwnership",
                "referenceToOwnershipOfDataSet"),
            Programme = Named("administrativeInformation", "publicationAndOwnership",
                "referenceToRegistrationAuthority"),
            Number = Filled(_root.At("administrativeInformation", "publicationAndOwnership")
                ?.TextOf("registrationNumber")),
            Pcr = Named("modellingAndValidation", "LCIMethodAndAllocation", "referenceToLCAMethodDetails"),
            Verifier = Filled(Named("modellingAndValidation", "validation", "review",
                "referenceToNameOfReviewerAndInstitution")),
            Issued = Issued(),
            ValidUntil = Until(own),
            Unit = Unit(own?["unit"]),
            ServiceLife = Number(own?.TextOf("serviceLife")),
            CutOff = Filled(_root.At("modellingAndValidation", "dataSourcesTreatmentAndRepresentativeness")
                ?.TextIn("dataCutOffAndCompletenessPrinciples")),
            Scenarios = Scenarios(own),
            Modules = (own?.All("module") ?? []).DistinctBy(m => m.Attribute("id"))
                .ToImmutableSortedDictionary(m => m.Attribute("id"), m => m.Attribute("status"),
                    StringComparer.Ordinal),
            Indicators = Indicators(own),
        };
        TakeBookkeeping(own);
        _root.CountLeft(_notes);
        return new EpdReading(spec, _notes.All("ILCD+EPD"));
    }

    /// <summary>What says nothing of its own: years of days already read, our own constants.</summary>
    private void TakeBookkeeping(XmlItem? own)
    {
        _root.Attribute("epd-version");
        foreach (var year in (string[])["referenceYear", "dataSetValidUntil"])
            _root.At("processInformation", "time", year)?.TakeAll();
        _root.At("processInformation", "quantitativeReference")?.TakeAll();
        if (own?["unit"] is null) return;
        _root.At("modellingAndValidation", "LCIMethodAndAllocation", "typeOfDataSet")?.TakeAll();
        _root.At("administrativeInformation", "publicationAndOwnership", "dataSetVersion")?.TakeAll();
    }

    private string Named(params string[] path)
    {
        var item = _root.At(path);
        item?.Attribute("refObjectId");
        return item?.TextIn("shortDescription") ?? "";
    }

    private string Issued()
    {
        var time = _root.At("processInformation", "time");
        var day = time?["other"]?.TextOf("publicationDateOfEPD") ?? "";
        return day.Length > 0 ? day : Year(time?.TextOf("referenceYear"), "-01-01");
    }

    private string Until(XmlItem? own)
    {
        var day = own?.TextOf("lastDay") ?? "";
        return day.Length > 0 ? day
            : Year(_root.At("processInformation", "time")?.TextOf("dataSetValidUntil"), "-12-31");
    }

    /// <summary>Where only a year is stated, its first or last day, said to be assumed.</summary>
    private string Year(string? year, string day)
    {
        if (string.IsNullOrEmpty(year)) return "";
        _notes.Say(Finding.Of("declaration.read.day", Severity.Info, _root.Place, ("day", year + day)));
        return year + day;
    }

    private DeclaredUnitSpec Unit(XmlItem? own)
    {
        if (own is not null) return new DeclaredUnitSpec
        {
            Amount = Number(own.Attribute("amount")) ?? Amount.Zero,
            Of = own.Attribute("of"),
            Mass = Number(own.Attribute("mass")),
            Functional = own.Attribute("functional") == "true",
            Function = Filled(own.TextOf("function")),
        };
        var id = _root.At("processInformation", "quantitativeReference")
            ?.TextOf("referenceToReferenceFlow");
        var flow = (_root["exchanges"]?.All("exchange") ?? [])
            .FirstOrDefault(e => e.Attribute("dataSetInternalID") == id);
        var name = flow?["referenceToFlowDataSet"]?.TextIn("shortDescription") ?? "";
        _notes.Say(Finding.Of("declaration.read.unit", Severity.Warning, (flow ?? _root).Place,
            ("flow", LciNotes.Shown(name))));
        return new DeclaredUnitSpec
        {
            Amount = Number(flow?.TextOf("meanAmount")) ?? Amount.Zero, Of = name, Mass = null,
        };
    }

    private static ImmutableArray<DeclaredScenario> Scenarios(XmlItem? own) =>
        [.. (own?["scenarios"]?.All("scenario") ?? []).Select(s => new DeclaredScenario
            { Module = s.Attribute("name"), Text = s.TextIn("description") })];

    private ImmutableArray<DeclaredValues> Indicators(XmlItem? own)
    {
        var words = (own?.All("cell") ?? []).ToLookup(c => c.Attribute("indicator"),
            c => (Module: c.Attribute("module"), Status: c.Attribute("status")));
        var rows = new List<DeclaredValues>();
        foreach (var item in (_root["LCIAResults"]?.All("LCIAResult") ?? [])
            .Concat(_root["exchanges"]?.All("exchange") ?? []))
        {
            var amounts = item["other"]?.All("amount").ToList() ?? [];
            if (item["referenceToLCIAMethodDataSet"] is null && amounts.Count == 0)
            {
                item.TakeAll();
                continue;
            }
            if (Known(item) is not { } known) continue;
            if (rows.Exists(r => r.Indicator == known.Id)) Say("declaration.read.twice", item, known.Id);
            else rows.Add(new DeclaredValues
            {
                Indicator = known.Id, Values = Values(amounts, words[known.Id], known.Id),
            });
        }
        return [.. rows];
    }

    private ImmutableSortedDictionary<string, string> Values(List<XmlItem> amounts,
        IEnumerable<(string Module, string Status)> words, string indicator)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (module, status) in words) values.TryAdd(module, status);
        foreach (var amount in amounts)
            if (!values.TryAdd(amount.Attribute("module"), amount.Text is "" or "MND" ? "ND" : amount.Text))
                Say("declaration.read.scenario", amount, indicator);
        return values.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>By identifier, else by the abbreviation in the name; its unit must fit.</summary>
    private IndicatorRow? Known(XmlItem item)
    {
        var reference = item["referenceToLCIAMethodDataSet"] ?? item["referenceToFlowDataSet"];
        var id = reference?.Attribute("refObjectId") ?? "";
        var name = reference?.TextIn("shortDescription") ?? "";
        item.TextOf("exchangeDirection");
        var known = _known.FirstOrDefault(k => id.Length > 0 && k.Identifier == id)
            ?? _known.FirstOrDefault(k => name.EndsWith($"({k.Alias})", StringComparison.Ordinal)
                || name.EndsWith($"({k.Id})", StringComparison.Ordinal));
        var unit = item["other"]?["referenceToUnitGroupDataSet"];
        var group = unit?.Attribute("refObjectId") ?? "";
        unit?.TextIn("shortDescription");
        if (known is null) Say("declaration.read.indicator", item, name);
        else if (group.Length > 0 && group != known.UnitGroup) Say("declaration.read.group", item, known.Id);
        else return known;
        return null;
    }

    private void Say(string code, XmlItem at, string name) => _notes.Say(Finding.Of(code, Severity.Warning,
        at.Place, ("name", LciNotes.Shown(name)), ("line", at.Line)));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Amount? Number(string? text) => Amount.TryParse(text, out var value) ? value : null;
}
