using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Lenses.Carbon;
using Celadon.Lenses.Energy;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses;

/// <summary>
/// Every question there is. A lens registers here and is thereby in CLI, API, pages and docs.
/// </summary>
public static class Questions
{
    /// <summary>All questions, in order of name.</summary>
    public static ImmutableArray<Question> All { get; } =
        [.. CarbonQuestions.All.Concat(EnergyQuestions.All).Concat(ProductsQuestions.All)
            .OrderBy(q => q.Name, StringComparer.Ordinal)];

    /// <summary>The answers that are kept when a month of a site is closed, with their specs.</summary>
    public static IReadOnlyList<(Question Question, string Spec)> KeptAtClosing(string site,
        MonthSpan month) =>
    [
        (Get("carbon.inventory"),
            $$"""
            {"period":"{{month}}","sites":[{{JsonSerializer.Serialize(site)}}],"gwp":"AR5",
             "allowNearestEdition":true,"allowWiderPlace":true}
            """),
    ];

    /// <summary>The question of a name, or null.</summary>
    public static Question? Find(string name) => All.FirstOrDefault(q => q.Name == name);

    /// <summary>The question of a name.</summary>
    /// <exception cref="RefusedException">
    /// ask.noQuestion: no such question; the finding names what there is.
    /// </exception>
    public static Question Get(string name) => Find(name) ?? throw RefusedException.Of("ask.noQuestion",
        ("name", name), ("names", string.Join(", ", All.Select(q => q.Name))));
}
