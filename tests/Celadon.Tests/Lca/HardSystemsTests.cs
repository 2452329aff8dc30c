using Celadon.Lca.Direct;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Solving;
using CsCheck;

namespace Celadon.Tests.Lca;

/// <summary>
/// Systems at the edge of what can be solved, against a twin in fractions: a number that is wrong must not
/// come without its error.
/// </summary>
public class HardSystemsTests
{
    private static readonly CategoryIndex First = new(0);

    private static readonly SolverKind?[] Ways = [null, SolverKind.Multifrontal, SolverKind.GilbertPeierls,
        SolverKind.GaussSeidel, SolverKind.Neumann, SolverKind.Gmres];

    /// <summary>
    /// Small economies whose loops are closed up to a rest of 1e-1 to 1e-17, with credits, exchanges that
    /// cancel, treatment, and units that differ by up to 1e4: refused by name, or right within its error.
    /// </summary>
    [Fact]
    public void A_score_is_right_within_its_stated_error_or_refused() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 6], Gen.Int[0, 17], Gen.Int[0, 5]).Sample((seed, size,
            power, way) =>
        {
            var system = NearlyClosed(seed, size, Math.Pow(10, -power));
            if (system is null) return;
            var exact = Exactly.Score(system, 0, 1);
            using var assessment = new Assessment(system, Ways[way]);
            try
            {
                var result = assessment.Solve(new Demand(new(0), 1));
                var accuracy = result.Accuracy(First);
                Assert.NotNull(exact);
                var error = (exact.Value - Fraction.Of(result.Score(First))).ToDouble();
                Assert.True(Math.Abs(error) <= 4 * size * accuracy.Error,
                    $"{error} {accuracy} {result.Choice} {result.Score(First)}");
            }
            catch (InvalidSystemException refused)
            {
                Assert.NotEmpty(refused.Faults[0].Name);
                // What has a solution that eight digits can be said of is not refused.
                Assert.True(exact is null || power > 8, $"{refused.Message}");
            }
        }, iter: 3000);

    /// <summary>A loop that gives out the n-th part of what it makes loses the digits of n.</summary>
    [Theory]
    [InlineData(1e-2, 13)]
    [InlineData(1e-6, 9)]
    [InlineData(1e-10, 5)]
    public void Digits_lost_are_said(double rest, int digits)
    {
        var system = Systems.OneFlow([[1, -1], [-1 + rest, 1]], [1, 1]);
        using var assessment = new Assessment(system);
        var accuracy = assessment.Solve(new Demand(new(0), 1)).Accuracy(First);
        Assert.InRange(accuracy.Digits, digits - 1, digits);
        Assert.InRange(accuracy.Condition, 1 / rest, 20 / rest);
        Assert.Equal(rest < 1e-9, accuracy.IsWeak);
    }

    [Fact]
    public void A_system_that_only_rounding_keeps_from_being_singular_is_refused_by_name()
    {
        // Ten times 0.1 of its own product: 1 but for the last bit.
        var names = SystemNames.Numbers with { Process = p => p.Value == 0 ? "boiler" : "other" };
        var builder = new ProductSystemBuilder(2, 2, 1, 1, names).Exchange(new(0), new(0), 1)
            .Exchange(new(1), new(1), 1).Emit(new(0), new(0), 1).Factor(new(0), new(0), 1);
        for (var k = 0; k < 10; k++) builder.Exchange(new(0), new(0), -0.1);
        using var own = new Assessment(builder.Build());
        Refused("boiler", FaultKind.Singular, () => own.Solve(new Demand(new(0), 1)));
        foreach (var way in Ways)
        {
            using var asked = new Assessment(Systems.OneFlow([[1, -1], [-1, 1 + 2.2e-16]], [1, 1]), way);
            Refused(null, FaultKind.Singular, () => asked.Solve(new Demand(new(0), 1)));
        }
    }

    [Fact]
    public void A_process_that_takes_exactly_what_it_gives_is_named_as_such()
    {
        var names = SystemNames.Numbers with { Process = _ => "boiler", Product = _ => "steam" };
        var builder = new ProductSystemBuilder(1, 1, 1, 1, names).Exchange(new(0), new(0), 1)
            .Exchange(new(0), new(0), -1);
        Refused("boiler", FaultKind.Singular, () => builder.Build());
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    [InlineData(5e-320)]
    [InlineData(1)]
    public void Amounts_of_any_size_are_solved_or_refused(double size)
    {
        // 1 of p takes 2 of q; q counted in units of that size, a run makes 3 of them.
        var system = Systems.OneFlow([[1, 0], [-2 * size, 3 * size]], [1, 6]);
        foreach (var way in Ways)
        {
            using var assessment = new Assessment(system, way);
            try
            {
                var tolerance = size < 1e-307 ? 1e-3 : 1e-13;
                Assert.Equal(5, assessment.Solve(new Demand(new(0), 1)).Score(First), tolerance);
                Assert.Equal(5, assessment.Intensity(First, new(0)), tolerance);
            }
            catch (InvalidSystemException refused)
            {
                Assert.Contains(refused.Faults[0].Kind, new[] { FaultKind.OutOfRange, FaultKind.Singular });
                Assert.True(size < 1e-307);
            }
        }
    }

    [Fact]
    public void A_supply_beyond_all_numbers_is_refused()
    {
        var names = SystemNames.Numbers with { Process = p => p.Value == 0 ? "works" : "mill" };
        using var assessment = new Assessment(Systems.Of([[1e-200, 0], [-1e200, 1]], [[1, 1]], [[1]], names));
        Refused("mill", FaultKind.OutOfRange, () => assessment.Solve(new Demand(new(0), 1)));
    }

    [Fact]
    public void A_demand_of_any_size_scales_the_answer()
    {
        var system = Systems.Random(6, 40, 3, credits: true);
        using var assessment = new Assessment(system);
        var one = assessment.Solve(new Demand(new(3), 1)).Score(First);
        foreach (var scale in new[] { 1e6, -1e6, 1e-300, 1e200 })
            Assert.Equal(one, assessment.Solve(new Demand(new(3), scale)).Score(First) / scale,
                1e-12 * Math.Abs(one));
    }

    [Fact]
    public void An_empty_system_one_process_and_a_process_by_itself()
    {
        var empty = new ProductSystemBuilder(0, 0, 0, 1).Build();
        using var nothing = new Assessment(empty);
        Assert.Equal(0, nothing.Solve().Score(First));
        using var one = new Assessment(Systems.OneFlow([[4]], [2]));
        Assert.Equal(1.5, one.Solve(new Demand(new(0), 3)).Score(First), 15);
        using var apart = new Assessment(Systems.OneFlow([[1, -0.5, 0], [0, 1, 0], [0, 0, 2]], [1, 1, 7]));
        var result = apart.Solve(new Demand(new(2), 1));
        Assert.Equal(3.5, result.Score(First), 15);
        Assert.Equal([0, 0, 0.5], result.Supply.ToArray());
        Assert.Equal(0, apart.Solve().Score(First));
        Assert.Equal(0, Simulation.Run(apart.Solve(), new()).Summary(First).Mean);
    }

    [Fact]
    public void Exchanges_that_cancel_leave_nothing_behind()
    {
        // p takes 0.5 of q and gives it back; q takes p. Nothing of q runs, though the pattern has a loop.
        var builder = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1)
            .Exchange(new(1), new(1), 1).Exchange(new(0), new(1), -0.5).Exchange(new(0), new(1), 0.5)
            .Exchange(new(1), new(0), -0.25).Emit(new(0), new(0), 1).Emit(new(1), new(0), 100)
            .Factor(new(0), new(0), 1);
        foreach (var way in Ways)
        {
            using var assessment = new Assessment(builder.Build(), way);
            var result = assessment.Solve(new Demand(new(0), 1));
            Assert.Equal(1, result.Score(First), 14);
            Assert.Equal([1, 0], result.Supply.ToArray());
        }
    }

    /// <summary>Where credits cancel burdens no digit of the rest is certain, and that is said.</summary>
    [Fact]
    public void What_is_left_of_credits_says_how_many_digits_are_left()
    {
        var system = Systems.OneFlow([[1, 0], [0.7, 1]], [0.7, 1]);
        using var assessment = new Assessment(system);
        var exact = assessment.Solve(new Demand(new(0), 1));
        Assert.InRange(exact.Score(First), -1e-15, 1e-15);
        Assert.Equal(0, exact.Accuracy(First).Digits);
        Assert.Equal(1.4, exact.Accuracy(First).Gross, 12);
        Assert.False(exact.Accuracy(First).IsWeak);
        using var near = new Assessment(Systems.OneFlow([[1, 0], [0.7, 1]], [0.70001, 1]));
        Assert.InRange(near.Solve(new Demand(new(0), 1)).Accuracy(First).Digits, 9, 11);
    }

    [Fact]
    public void A_process_that_makes_less_than_nothing_and_one_that_treats()
    {
        // A treatment takes 1 of waste (−1 on the diagonal) and gives 0.5 of heat; a works leaves 2 of waste.
        var system = Systems.OneFlow([[1, 0, 0], [2, -1, 0], [0, 0.5, 1]], [1, 3, 4]);
        foreach (var way in Ways)
        {
            using var assessment = new Assessment(system, way);
            // Works 1, treatment 2 (6), heat saved 1 (−4).
            Assert.Equal(3, assessment.Solve(new Demand(new(0), 1)).Score(First), 14);
        }
    }

    [Fact]
    public void The_way_asked_for_is_taken_and_recorded_or_the_answer_says_why_not()
    {
        var system = Systems.Random(2, 50, 3);
        foreach (var way in Ways.OfType<SolverKind>())
        {
            using var assessment = new Assessment(system, way);
            var choice = assessment.Solve(new Demand(new(7), 1)).Choice;
            Assert.Equal((way, SolverReason.AskedFor), (choice.Kind, choice.Reason));
            Assert.InRange(choice.BackwardError, 0, 1e-10);
            Assert.InRange(choice.Condition, 1, 1e6);
        }
        using var growing = new Assessment(Systems.OneFlow([[1, -2], [-2, 1]], [1, 1]),
            SolverKind.Neumann);
        var other = growing.Solve(new Demand(new(0), 1));
        Assert.Equal((SolverKind.Multifrontal, SolverReason.DidNotSettle),
            (other.Choice.Kind, other.Choice.Reason));
        Assert.Equal(-1, other.Score(First), 13);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Assessment(system, SolverKind.LowRank));
        using var weak = new Assessment(Systems.OneFlow([[1, -1, 0], [-1, 1 + 1e-15, -1], [0, -1, 1]],
            [1, 1, 1]), SolverKind.Multifrontal);
        Assert.Equal((SolverKind.GilbertPeierls, SolverReason.LargeResidual),
            (weak.Solve(new Demand(new(2), 1)).Choice.Kind, weak.Solve(new Demand(new(2), 1)).Choice.Reason));
    }

    [Fact]
    public void Intensities_of_a_weak_diagonal_are_those_of_the_dense_twin()
    {
        double[][] a = [[1, -1, 0], [-1, 1 + 1e-15, -1], [0, -1, 1]];
        using var assessment = new Assessment(Systems.OneFlow(a, [1, 2, 3]));
        DirectSolverTests.Near(Dense.Solve(Dense.Transposed(a), [1, 2, 3]),
            assessment.Intensities(First).ToArray());
        Assert.InRange(assessment.IntensitiesChoice(First).BackwardError, 0, 1e-15);
    }

    [Fact]
    public void Streams_for_some_and_not_for_others_are_refused() => Assert.Throws<ArgumentException>(() =>
        new ProductSystemBuilder(1, 1, 1, 1)
            .Exchange(new(0), new(0), 1, Uncertainty.Lognormal(1, 0.1), 7)
            .Emit(new(0), new(0), 1, Uncertainty.Lognormal(1, 0.1)).Factor(new(0), new(0), 1).Build());

    [Fact]
    public void What_a_sample_cannot_do_is_thrown_as_it_is_by_any_number_of_threads()
    {
        // 1 or 2 of its own: with 1 nothing is left.
        var names = SystemNames.Numbers with { Process = _ => "boiler" };
        var builder = new ProductSystemBuilder(1, 1, 1, 1, names).Exchange(new(0), new(0), 3)
            .Exchange(new(0), new(0), -2, Uncertainty.DiscreteUniform(2, 3).Times(-1))
            .Emit(new(0), new(0), 1).Factor(new(0), new(0), 1);
        using var assessment = new Assessment(builder.Build());
        var nominal = assessment.Solve(new Demand(new(0), 1));
        foreach (var threads in new[] { 1, 2 })
            Refused("boiler", FaultKind.Singular, () => Simulation.Run(nominal, new()
            {
                Samples = 640, Threads = threads,
            }));
    }

    private static void Refused(string? name, FaultKind kind, Action act)
    {
        var fault = Assert.Throws<InvalidSystemException>(act).Faults[0];
        Assert.Equal(kind, fault.Kind);
        if (name is not null) Assert.Equal(name, fault.Name);
    }

    /// <summary>
    /// Each column takes of others in value; the last loop is closed up to the rest. Null where chance made
    /// a system that is refused for its pattern.
    /// </summary>
    private static ProductSystem? NearlyClosed(int seed, int size, double rest)
    {
        var random = new Random(seed);
        var unit = Enumerable.Range(0, size).Select(_ => Math.Pow(10, (4 * random.NextDouble()) - 2))
            .ToArray();
        var builder = new ProductSystemBuilder(size, size, 2, 1).Factor(new(0), new(0), 1)
            .Factor(new(0), new(1), -0.5);
        for (var j = 0; j < size; j++)
        {
            builder.Exchange(new(j), new(j), random.Next(8) == 0 ? -1 : 1);
            builder.Emit(new(j), new(random.Next(2)), random.NextDouble() / unit[j]);
            var parts = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => (random.Next(size),
                random.NextDouble())).ToList();
            var total = parts.Sum(p => p.Item2) / (1 - rest);
            foreach (var (i, share) in parts)
            {
                var sign = random.Next(7) == 0 ? 1 : -1;
                builder.Exchange(new(j), new(i), sign * share / total * unit[i] / unit[j]);
                if (random.Next(9) == 0)
                    builder.Exchange(new(j), new(i), 0.3 * unit[i] / unit[j])
                        .Exchange(new(j), new(i), -0.3 * unit[i] / unit[j]);
            }
        }
        try
        {
            return builder.Build();
        }
        catch (InvalidSystemException)
        {
            return null;
        }
    }
}
