using Celadon.Lca.Ordering;
using CsCheck;

namespace Celadon.Tests.Lca;

public class OrderingTests
{
    private static readonly Gen<(int Seed, int Size, int Edges)> Graphs =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 90], Gen.Int[0, 4]);

    /// <summary>Column heights without the factor against elimination written out.</summary>
    [Fact]
    public void Heights_are_those_of_elimination() => Graphs.Sample((seed, size, edges) =>
    {
        var tree = EliminationTree.Of(Pattern(seed, size, edges));
        var after = Enumerable.Range(0, size).Select(k => tree.Pattern.Neighbours
            [tree.Pattern.Starts[k]..tree.Pattern.Starts[k + 1]].Where(i => i > k).ToHashSet())
            .ToArray();
        for (var k = 0; k < size; k++)
        {
            Assert.Equal(after[k].Count + 1, tree.Heights[k]);
            Assert.Equal(after[k].Count == 0 ? -1 : after[k].Min(), tree.Parent[k]);
            if (after[k].Count > 0)
                after[after[k].Min()].UnionWith(after[k].Where(i => i > after[k].Min()));
        }
    }, iter: 200);

    /// <summary>Every vertex once, and less fill than row by row on a grid.</summary>
    [Fact]
    public void Minimum_degree_orders_everything_and_fills_less()
    {
        Graphs.Sample((seed, size, edges) =>
        {
            var pattern = Pattern(seed, size, edges);
            var order = MinimumDegree.Order(pattern.Starts, pattern.Neighbours);
            Assert.Equal(Enumerable.Range(0, size), order.Order());
        }, iter: 200);
        const int side = 30;
        var grid = Of(side * side, [.. Enumerable.Range(0, side * side).SelectMany(k => new[]
        {
            (k, k % side < side - 1 ? k + 1 : k), (k, k + side < side * side ? k + side : k),
        })]);
        var order = MinimumDegree.Order(grid.Starts, grid.Neighbours);
        Assert.True(EliminationTree.Of(grid.Renumbered(order)).Heights.Sum()
            < 0.5 * EliminationTree.Of(grid).Heights.Sum());
    }

    [Fact]
    public void A_neighbour_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MinimumDegree.Order([0, 1, 2], [1, 2]));

    private static SymmetricPattern Pattern(int seed, int size, int edges)
    {
        var random = new Random(seed);
        return Of(size, [.. Enumerable.Range(0, edges * size)
            .Select(_ => (random.Next(size), random.Next(3) == 0 ? 0 : random.Next(size)))]);
    }

    private static SymmetricPattern Of(int size, (int From, int To)[] edges)
    {
        var near = Enumerable.Range(0, size).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (from, to) in edges.Where(e => e.From != e.To))
        {
            near[from].Add(to);
            near[to].Add(from);
        }
        var starts = new int[size + 1];
        for (var k = 0; k < size; k++) starts[k + 1] = starts[k] + near[k].Count;
        return new SymmetricPattern(starts, [.. near.SelectMany(s => s)]);
    }
}
