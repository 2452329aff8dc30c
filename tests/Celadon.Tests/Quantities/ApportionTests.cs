using System.Numerics;
using Celadon.Quantities;
using CsCheck;

namespace Celadon.Tests.Quantities;

public class ApportionTests
{
    [Theory]
    [InlineData("10", new[] { 1, 1, 1 }, 2, "3.34 3.33 3.33")]
    [InlineData("-10", new[] { 1, 1, 1 }, 2, "-3.34 -3.33 -3.33")]
    [InlineData("1", new[] { 1, 2, 1 }, 0, "0 1 0")]
    [InlineData("41250", new[] { 17, 13 }, 2, "23375 17875")]
    [InlineData("0", new[] { 3, 4 }, 3, "0 0")]
    [InlineData("5", new[] { 0, 1 }, 1, "0 5")]
    public void The_steps_left_over_go_to_the_largest_remainders(
        string total, int[] weights, int scale, string parts) =>
        Assert.Equal(parts, string.Join(' ', Split(Amount.Parse(total), weights, scale)));

    [Fact]
    public void The_parts_add_up_to_the_whole_and_are_within_a_step_of_their_share() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[0, 6],
                Gen.Int[0, 1_000_000].Array[1, 60], Gen.Int[0, 3])
            .Where((_, _, weights, _) => weights.Any(w => w > 0))
            .Sample((unscaled, scale, weights, finer) =>
            {
                var (total, step) = (Amount.From(unscaled, scale), Amount.From(1L, scale + finer));
                var parts = Split(total, weights, scale + finer);
                Amount sum = weights.Sum(w => (long)w);
                var near = parts.Zip(weights).All(p => (p.First * sum - total * p.Second).Abs() < step * sum);
                return near && parts.Aggregate(Amount.Zero, (a, b) => a + b) == total;
            });

    [Fact]
    public void A_total_finer_than_the_step_and_weights_without_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Split(Amount.Parse("1.005"), [1, 1], 2));
        Assert.Throws<ArgumentException>(() => Split(1, [0, 0], 2));
        Assert.Throws<ArgumentException>(() => Split(1, [2, -1], 2));
    }

    private static Amount[] Split(Amount total, int[] weights, int scale) =>
        Apportion.ByLargestRemainder(total, [.. weights.Select(w => (BigInteger)w)], scale);
}
