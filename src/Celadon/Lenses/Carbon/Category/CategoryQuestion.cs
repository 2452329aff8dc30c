using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>carbon.category: a Scope 3 category by one of the GHG Protocol's calculation methods.</summary>
public sealed class CategoryQuestion : Question<CategorySpec, CategoryReport>
{
    /// <inheritdoc/>
    public override string Name => "carbon.category";

    /// <inheritdoc/>
    public override string Example => """
        {
          "method": "supplier-specific",
          "category": "3.1",
          "lines": [
            { "name": "Cement", "quantity": "200000 kg", "factor": "0.15 kg CO2e/kg" },
            { "name": "Plaster", "quantity": "600000 kg", "factor": "0.10 kg CO2e/kg" },
            { "name": "Paint", "quantity": "200000 kg", "factor": "0.10 kg CO2e/kg" },
            { "name": "Timber", "quantity": "100000 kg", "factor": "0.25 kg CO2e/kg" },
            { "name": "Concrete", "quantity": "50000 kg", "factor": "0.20 kg CO2e/kg" }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override CategoryReport Compute(
        CategorySpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        var method = CategoryMethods.Of(spec);
        if (!method.Categories.Contains(spec.Category))
            throw Refuse.At("carbon.category.method", "/method", ("method", method.Name),
                ("category", spec.Category),
                ("categories", string.Join(", ", method.Categories)));
        if (spec.Mass is not ("kg" or "t"))
            throw Refuse.At("carbon.category.mass", "/mass", ("given", spec.Mass));
        var groups = new CategoryComputation(new FactorSource(packs, findings), spec.Mass).Groups(spec);
        var units = groups.Select(g => g.Total.Unit).Distinct().ToList();
        if (units.Count != 1) throw Refuse.At("carbon.unlikeGases", "", ("units", string.Join(", ", units)));
        var total = groups is [var only] ? only.Total
            : Figure.Sum(units[0], [.. groups.Select(g => (g.Name, g.Total))]);
        var outside = spec is ProjectLifetime;
        if (outside) findings.Add(Finding.Of("carbon.category.outside", Severity.Info, null));
        if (spec is UseIndirect) findings.Add(Finding.Of("carbon.category.optional", Severity.Info, null));
        if (units[0].EndsWith(" CO2", StringComparison.Ordinal))
            findings.Add(Finding.Of("carbon.co2Only", Severity.Info, null));
        return new CategoryReport(spec.Category, method.Name, method.Clause, groups, total, outside);
    }
}

/// <summary>A method: its name, where the guidance states it, and the categories it is stated for.</summary>
internal sealed record CategoryMethod(string Name, string Clause, ImmutableArray<string> Categories);

/// <summary>
/// The methods of the Technical Guidance for Calculating Scope 3 Emissions and where they stand.
/// </summary>
internal static class CategoryMethods
{
    private static readonly Dictionary<Type, string> Names = typeof(CategorySpec)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>The method of a spec.</summary>
    public static CategoryMethod Of(CategorySpec spec)
    {
        var (clause, categories) = spec switch
        {
            SupplierSpecific => ("formula 1.1", "3.1 3.2 3.3"),
            Hybrid => ("formulas 1.2 and 1.3", "3.1 3.2"),
            AverageData => ("formulas 1.4, 3.4 and 10.2", "3.1 3.2 3.3 3.10"),
            SpendBased => ("formulas 1.5 and 4.7", "3.1 3.2 3.4 3.6 3.9"),
            FuelAndEnergy => ("formulas 3.1 to 3.3", "3.3"),
            FuelBased => ("formulas 4.1 to 4.5", "3.4 3.6 3.7 3.9"),
            DistanceBased => ("formula 4.6", "3.4 3.9"),
            TransportAllocation => ("example 4.3", "3.4 3.9"),
            DistributionSite => ("formula 4.8", "3.4 3.9"),
            DistributionAverage => ("formula 4.9", "3.4 3.9"),
            WasteType => ("formula 5.2", "3.5"),
            WasteAverage => ("formula 5.3", "3.5"),
            EndOfLife => ("formula 12.1", "3.12"),
            TravelDistance => ("formula 6.2", "3.6"),
            CommutingDistance => ("formula 7.1", "3.7"),
            CommutingAverage => ("formula 7.2", "3.7"),
            LeasedAsset => ("formula 8.1", "3.8 3.13 3.14"),
            LeasedLessor => ("formula 8.2", "3.8 3.13"),
            LeasedAverage => ("formulas 8.3, 8.4, 14.4 and 14.5", "3.8 3.13 3.14"),
            FranchiseSpecific => ("formula 14.1", "3.14"),
            ProcessingSite => ("formula 10.1", "3.10"),
            UseDirect => ("formula 11.1", "3.11"),
            UseFuels => ("formula 11.2", "3.11"),
            UseGases => ("formula 11.3", "3.11"),
            UseIndirect => ("formula 11.4", "3.11"),
            UseIntermediate => ("formula 11.5", "3.11"),
            InvestmentSpecific => ("formula 15.1", "3.15"),
            InvestmentAverage => ("formula 15.2", "3.15"),
            ProjectSpecific => ("formula 15.3", "3.15"),
            ProjectAverage => ("formula 15.4", "3.15"),
            ProjectLifetime => ("example 15.5", "3.15"),
            _ => throw new InvalidOperationException($"No method for {spec.GetType()}."),
        };
        return new CategoryMethod(Names[spec.GetType()],
            $"GHG Protocol, Technical Guidance for Calculating Scope 3 Emissions (2013), {clause}",
            [.. categories.Split(' ')]);
    }
}
