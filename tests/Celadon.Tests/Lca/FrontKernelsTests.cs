using Celadon.Lca.Direct;
using Celadon.Lca.Ordering;
using Celadon.Lca.Sparse;

namespace Celadon.Tests.Lca;

public unsafe class FrontKernelsTests
{
    /// <summary>
    /// Fronts with and without rows left, of whole and broken blocks, below and above the size from which
    /// copies are worked on, with one to sixteen columns in the last tile.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 3)]
    [InlineData(40, 32)]
    [InlineData(70, 33)]
    [InlineData(90, 31)]
    [InlineData(129, 129)]
    [InlineData(200, 64)]
    [InlineData(257, 160)]
    [InlineData(300, 133)]
    [InlineData(301, 300)]
    [InlineData(330, 330)]
    [InlineData(437, 261)]
    public void A_front_is_eliminated_as_by_the_book(int rows, int width)
    {
        var pitch = FrontPlan.Pitch(rows);
        using var front = new AlignedBuffer<double>((rows + (long)FrontPlan.Lanes) * pitch);
        using var room = new AlignedBuffer<double>(Packed.Room(rows));
        var random = new Random((1000 * rows) + width);
        var expected = new double[rows][];
        for (var i = 0; i < rows; i++)
        {
            expected[i] = new double[rows];
            for (var j = 0; j < rows; j++)
                front.Pointer[((long)i * pitch) + j] = expected[i][j] =
                    i == j ? 1 + random.NextDouble() : -random.NextDouble() / rows;
        }
        Eliminate(expected, width);

        Assert.True(FrontKernels.Eliminate(front.Pointer, pitch, rows, width, room.Pointer));

        for (var i = 0; i < rows; i++)
            for (var j = 0; j < rows; j++)
                Assert.Equal(expected[i][j], front.Pointer[((long)i * pitch) + j], 1e-13);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(140)]
    public void A_pivot_that_is_zero_is_said(int at)
    {
        const int rows = 200;
        var pitch = FrontPlan.Pitch(rows);
        using var front = new AlignedBuffer<double>((rows + (long)FrontPlan.Lanes) * pitch);
        using var room = new AlignedBuffer<double>(Packed.Room(rows));
        for (var i = 0; i < rows; i++) front.Pointer[((long)i * pitch) + i] = i == at ? 0 : 1;
        Assert.False(FrontKernels.Eliminate(front.Pointer, pitch, rows, rows, room.Pointer));
    }

    /// <summary>
    /// A hub that all others use: its narrow neighbours become part of its front. Every column stands in one
    /// front, and what is below a front belongs to later ones.
    /// </summary>
    [Fact]
    public void Large_narrow_fronts_go_into_the_front_above()
    {
        const int size = 700;
        var random = new Random(7);
        var links = Enumerable.Range(0, size).Select(_ => new HashSet<int>()).ToArray();
        void Link(int i, int j)
        {
            if (i != j && links[i].Add(j)) links[j].Add(i);
        }
        for (var i = 0; i < size; i++)
            for (var k = 0; k < 4; k++) Link(i, random.Next(k < 2 ? size : 40));
        var starts = new int[size + 1];
        for (var i = 0; i < size; i++) starts[i + 1] = starts[i] + links[i].Count;
        var pattern = new SymmetricPattern(starts, [.. links.SelectMany(l => l.Order())]);
        var order = MinimumDegree.Order(pattern.Starts, pattern.Neighbours);
        var tree = EliminationTree.Of(pattern.Renumbered(order));
        var fronts = Supernodes.Of(tree);

        Assert.NotEqual(Enumerable.Range(0, size), fronts.Moved);
        Assert.Equal(Enumerable.Range(0, size), fronts.Moved.Order());
        Assert.Equal(size, fronts.Width.Sum());
        var owner = fronts.Of(size);
        for (var t = 0; t < fronts.Count; t++)
        {
            var end = fronts.First[t] + fronts.Width[t];
            Assert.All(fronts.Rows[t], i => Assert.True(i >= end));
            foreach (var child in fronts.Children[t])
            {
                Assert.True(child < t);
                Assert.All(fronts.Rows[child], i => Assert.True(owner[i] == t || fronts.Rows[t].Contains(i)));
            }
        }
    }

    private static void Eliminate(double[][] a, int width)
    {
        for (var k = 0; k < width; k++)
            for (var i = k + 1; i < a.Length; i++)
            {
                a[i][k] /= a[k][k];
                for (var j = k + 1; j < a.Length; j++) a[i][j] -= a[i][k] * a[k][j];
            }
    }
}
