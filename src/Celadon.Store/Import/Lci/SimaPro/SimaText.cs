using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>The words of the format.</summary>
internal static class SimaText
{
    /// <summary>Sections of a process that name products and wastes without a compartment.</summary>
    public static readonly FrozenSet<string> Linked =
        FrozenSet.ToFrozenSet(["Avoided products", "Materials/fuels", "Electricity/heat",
            "Waste to treatment"], StringComparer.Ordinal);

    /// <summary>Sections of a process that exchange with nature, with the compartment they name.</summary>
    public static readonly FrozenDictionary<string, string> Compartments = new Dictionary<string, string>
    {
        ["Resources"] = "Resources", ["Emissions to air"] = "Emissions to air",
        ["Emissions to water"] = "Emissions to water", ["Emissions to soil"] = "Emissions to soil",
        ["Final waste flows"] = "Final waste flows", ["Non material emissions"] = "Non material emissions",
        ["Social issues"] = "Social issues", ["Economic issues"] = "Economic issues",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What methods and lists of substances call the compartments.</summary>
    public static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["Raw"] = "Resources", ["Air"] = "Emissions to air", ["Water"] = "Emissions to water",
        ["Soil"] = "Emissions to soil", ["Waste"] = "Final waste flows",
        ["Non mat."] = "Non material emissions", ["Social"] = "Social issues",
        ["Economic"] = "Economic issues", ["Raw materials"] = "Resources",
        ["Airborne emissions"] = "Emissions to air", ["Waterborne emissions"] = "Emissions to water",
        ["Emissions to soil"] = "Emissions to soil", ["Final waste flows"] = "Final waste flows",
        ["Non material emissions"] = "Non material emissions", ["Social issues"] = "Social issues",
        ["Economic issues"] = "Economic issues",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Sections of a process that document it, with where they go; empty for nowhere.</summary>
    public static readonly FrozenDictionary<string, string> Documentation = new Dictionary<string, string>
    {
        ["PlatformId"] = "", ["Category type"] = "-", ["Process identifier"] = "-", ["Type"] = "-",
        ["Process name"] = "-", ["Status"] = "", ["Time period"] = "timeDescription",
        ["Geography"] = "geographyDescription", ["Technology"] = "technologyDescription",
        ["Representativeness"] = "", ["Multiple output allocation"] = "", ["Substitution allocation"] = "",
        ["Waste treatment allocation"] = "", ["Cut off rules"] = "completenessDescription",
        ["Capital goods"] = "", ["Boundary with nature"] = "", ["Infrastructure"] = "", ["Date"] = "",
        ["Record"] = "", ["Generator"] = "", ["External documents"] = "", ["Literature references"] = "",
        ["Collection method"] = "samplingDescription", ["Data treatment"] = "dataTreatmentDescription",
        ["Verification"] = "", ["Comment"] = "-", ["Allocation rules"] = "inventoryMethodDescription",
        ["System description"] = "",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every heading of a process.</summary>
    public static readonly FrozenSet<string> Process = FrozenSet.ToFrozenSet(
        [.. Documentation.Keys, .. Linked, .. Compartments.Keys, "Products", "Waste treatment",
            "Waste scenario", "Separated waste", "Remaining waste", "Input parameters",
            "Calculated parameters"], StringComparer.Ordinal);

    /// <summary>Every heading of a product stage.</summary>
    public static readonly FrozenSet<string> Stage = FrozenSet.ToFrozenSet(
        ["Category type", "Status", "Products", "Assembly", "Reference assembly", "Materials/assemblies",
            "Processes", "Waste/Disposal scenario", "Waste scenarios", "Disposal scenarios", "Disassemblies",
            "Reuses", "Additional life cycles", "Input parameters", "Calculated parameters"],
        StringComparer.Ordinal);

    /// <summary>Names of blocks that are no heading inside another.</summary>
    public static readonly FrozenSet<string> Begins = FrozenSet.ToFrozenSet(["Process", "Method",
        "Product stage", "Units", "Quantities", "Raw materials", "Airborne emissions",
        "Waterborne emissions", "Database Input parameters", "Project Input parameters",
        "Database Calculated parameters", "Project Calculated parameters", "Literature reference"],
        StringComparer.Ordinal);

    /// <summary>Headings of text: an empty row may stand inside it.</summary>
    public static readonly FrozenSet<string> Texts = FrozenSet.ToFrozenSet(["Comment", "Record", "Generator",
        "External documents", "Literature references", "Collection method", "Data treatment", "Verification",
        "Allocation rules", "System description"], StringComparer.Ordinal);

    /// <summary>Every heading of a method.</summary>
    public static readonly FrozenSet<string> Method = FrozenSet.ToFrozenSet(
        ["Name", "Version", "Comment", "Category", "Use Damage Assessment", "Use Normalization",
            "Use Weighting", "Use Addition", "Weighting unit", "Impact category", "Substances",
            "Damage category", "Impact categories", "Normalization-Weighting set", "Normalization",
            "Weighting"], StringComparer.Ordinal);

    /// <summary>A description as what stands beside the model.</summary>
    public static string Described(string text) => new JsonObject().With("description", text).Written();

    /// <summary>A subcompartment; the one that is not specified is none.</summary>
    public static string Sub(string text) => text is "(unspecified)" ? "" : text;

    /// <summary>"000464-49-3" without its zeros.</summary>
    public static string Cas(string text) => text.TrimStart('0') is { Length: > 4 } cas
        && cas.Count(c => c == '-') == 2 ? cas : "";
}
