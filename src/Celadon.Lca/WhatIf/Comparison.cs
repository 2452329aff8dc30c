using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lca.WhatIf;

/// <summary>The scores of one scenario; the first category first.</summary>
public sealed record ComparedScenario(string Name, IReadOnlyList<double> Scores,
    IReadOnlyList<double> Differences);

/// <summary>Scenarios side by side, on one factor.</summary>
public static class Comparison
{
    /// <summary>
    /// The scores of a demand as things are (without a name) and in each scenario, with the differences to
    /// how things are.
    /// </summary>
    public static IReadOnlyList<ComparedScenario> Of(Assessment assessment,
        IReadOnlyList<CategoryIndex> categories,
        IEnumerable<(string Name, Scenario Scenario)> scenarios, params Demand[] demands)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(scenarios);
        var result = assessment.Solve(demands);
        double[] now = [.. categories.Select(result.Score)];
        var compared = new List<ComparedScenario> { new("", now, new double[now.Length]) };
        foreach (var (name, scenario) in scenarios)
        {
            double[] then = [.. categories.Select(c => scenario.Score(c, demands))];
            compared.Add(new(name, then, [.. then.Zip(now, (a, b) => a - b)]));
        }
        return compared;
    }
}
