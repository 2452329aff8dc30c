using System.Text.Json.Nodes;
using Celadon.Lca.Model;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>What elements of ILCD data sets have in common.</summary>
internal static class IlcdItem
{
    /// <summary>The inner item of that name, which must be there.</summary>
    public static XmlItem Needed(this XmlItem item, string name) => item[name] ?? throw item.Missing(name);

    /// <summary>
    /// The identifier that a reference names. What it calls the other data set is said there in full.
    /// </summary>
    public static string Ref(this XmlItem item, string name)
    {
        item[name]?.TextIn("shortDescription");
        return item[name]?.Attribute("refObjectId") is { Length: > 0 } id ? id : throw item.Missing(name);
    }

    /// <summary>A finite number of an inner element, or null where it is absent.</summary>
    public static double? Number(this XmlItem item, string name) => item[name] is not { } inner ? null
        : Doubles.Parse(inner.Text) ?? throw inner.Wrong(name, inner.Text);

    /// <summary>A whole number that data sets number their parts with, from 0.</summary>
    public static int Whole(this XmlItem item, string name, string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) && number < int.MaxValue
            ? number : throw (text.Length == 0 ? item.Missing(name) : item.Wrong(name, text));

    /// <summary>Something that must be there and is not.</summary>
    public static UnusableException Missing(this XmlItem item, string what) => new(Finding.Of("lci.missing",
        Severity.Error, item.Place, ("file", item.File), ("at", item.Label()), ("what", what)));

    /// <summary>Something that does not fit.</summary>
    public static UnusableException Wrong(this XmlItem item, string what, string value) => new(Finding.Of(
        "lci.value", Severity.Error, item.Place, ("file", item.File), ("at", item.Label()), ("what", what),
        ("value", LciNotes.Shown(value))));

    /// <summary>Something that is named and not in the package.</summary>
    public static UnusableException Dangling(this XmlItem item, string what, string id) => new(Finding.Of(
        "lci.dangling", Severity.Error, item.Place, ("file", item.File), ("at", item.Label()), ("what", what),
        ("id", LciNotes.Shown(id))));

    /// <summary>"exchange:41": element and line.</summary>
    private static string Label(this XmlItem item) => $"{item.Name}:{item.Line}";

    /// <summary>The path of a classification, of the first system there is.</summary>
    public static string Category(this XmlItem information)
    {
        var all = information["classificationInformation"];
        var levels = all?["elementaryFlowCategorization"]?.All("category")
            ?? all?["classification"]?.All("class") ?? [];
        return string.Join('/', levels.Select(l => (Level: l.Attribute("level"), l.Text))
            .OrderBy(l => l.Level, StringComparer.Ordinal)
            .Select(l => string.Join(' ', l.Text.Split((char[]?)null,
                StringSplitOptions.RemoveEmptyEntries)))
            .Where(t => t.Length > 0));
    }

    /// <summary>The name in English with what it is in detail.</summary>
    public static string Title(this XmlItem information)
    {
        var name = information["name"];
        if (name is null) return "";
        if (name["baseName"] is null) return information.TextIn("name");
        return string.Join(", ", new[] { "baseName", "treatmentStandardsRoutes", "mixAndLocationTypes",
            "functionalUnitFlowProperties" }.Select(part => name.TextIn(part)).Where(t => t.Length > 0));
    }

    /// <summary>What stands beside the model: a comment and the version of the data set.</summary>
    public static JsonObject Beside(this XmlItem root, XmlItem information) => new JsonObject()
        .With("description", information.TextIn("generalComment"))
        .With("version", root.At("administrativeInformation", "publicationAndOwnership")
            ?.TextOf("dataSetVersion") ?? root.Attribute("dataSetVersion"))
        .With("lastChange", root.Changed());

    /// <summary>
    /// When a data set was last changed: for processes when it was revised, for what they refer to when it
    /// was entered, which is all those have. Of impact methods nothing: their dates are of who made them.
    /// </summary>
    private static string? Changed(this XmlItem root) => root.Name switch
    {
        "processDataSet" => root.At("administrativeInformation", "publicationAndOwnership")
            ?.TextOf("dateOfLastRevision"),
        "LCIAMethodDataSet" => null,
        _ => root.At("administrativeInformation", "dataEntryBy")?.TextOf("timeStamp"),
    };

    /// <summary>
    /// An uncertainty with all its digits, "lognormal 1 0.1 0", from the attribute that our own export adds
    /// to the five digits the format has; null where there is none, or what stands there cannot be one.
    /// </summary>
    public static Uncertainty? Exact(this XmlItem item)
    {
        if (item.Attribute("spread").Split(' ') is not [var word, var a, var b, var c]) return null;
        foreach (var kind in Enum.GetValues<Distribution>())
            if (Packs.Vocabulary.Word(kind) == word && Doubles.Parse(a) is { } first
                && Doubles.Parse(b) is { } second && Doubles.Parse(c) is { } third
                && new Uncertainty(kind, first, second, third) is { IsPossible: true } spread) return spread;
        return null;
    }

    /// <summary>
    /// An amount or value in the unit it was stated in, from the attributes that openLCA and our own export
    /// add; null where they are not there or do not come to the number of the format itself, which holds.
    /// </summary>
    /// <param name="item">An exchange or a factor.</param>
    /// <param name="lookup">Units and properties.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="number">The number of the format, for the reference unit.</param>
    /// <param name="isPerUnit">True for a value for one unit, false for an amount in units.</param>
    public static (string Unit, string Property, double Number)? Stated(this XmlItem item, LciLookup lookup,
        LciFlow flow, double number, bool isPerUnit)
    {
        var (unit, property) = (item.Attribute("unitId"), item.Attribute("propertyId"));
        return Doubles.Parse(item.Attribute("amount")) is { } stated
            && lookup.ToReference(flow, unit, property) is { } factor
            && Doubles.Agree(isPerUnit ? stated / factor : stated * factor, number)
            ? (unit, property, stated) : null;
    }

    /// <summary>
    /// The uncertainty of an amount. Of a lognormal the format states the square of the geometric deviation,
    /// of a normal twice the deviation (ILCD, relativeStandardDeviation95In).
    /// </summary>
    public static Uncertainty Spread(this XmlItem item, double amount, LciNotes notes)
    {
        var kind = item.TextOf("uncertaintyDistributionType");
        double? least = item.Number("minimumAmount") ?? item.Number("minimumValue"),
            most = item.Number("maximumAmount") ?? item.Number("maximumValue"),
            wide = item.Number("relativeStandardDeviation95In");
        Uncertainty? read = kind switch
        {
            "" or "undefined" => Uncertainty.None,
            "log-normal" => wide is >= 1
                ? Spreads.LognormalOf(amount, Math.Pow(Math.Log(wide.Value) / 2, 2)) : null,
            "normal" => Spreads.NormalOf(amount, wide / 2),
            "triangular" => Spreads.TriangularOf(least, amount, most),
            "uniform" => Spreads.UniformOf(least, most),
            _ => null,
        };
        if (read is { } spread) return spread;
        notes.Say(Finding.Of("formats.uncertainty", Severity.Warning, item.Place, ("file", item.File),
            ("line", item.Line), ("kind", LciNotes.Shown(kind))));
        return Uncertainty.None;
    }
}
