using Celadon.Lca.Model;

namespace Celadon.Tests.Lca;

public class ModelTests
{
    private static readonly SystemNames Names = SystemNames.Numbers with
    {
        Process = p => new[] { "smelter", "mine", "port" }[p.Value],
        Product = p => new[] { "metal", "ore", "handling" }[p.Value],
    };

    [Fact]
    public void More_products_than_processes_are_named_as_not_square()
    {
        var builder = new ProductSystemBuilder(1, 2, 0, 0, Names).Exchange(new(0), new(0), 1)
            .Exchange(new(0), new(1), 1);
        var fault = Fault(builder);
        Assert.Equal((FaultKind.NotSquare, "1 processes, 2 products"), (fault.Kind, fault.Name));
    }

    [Fact]
    public void A_product_without_a_process_of_its_own_is_named()
    {
        // Smelter and mine both make metal and only take ore... of which nobody is left to be the maker.
        var builder = new ProductSystemBuilder(3, 3, 0, 0, Names).Exchange(new(0), new(0), 1)
            .Exchange(new(1), new(0), 1).Exchange(new(2), new(1), 1).Exchange(new(2), new(2), 1);
        var fault = Fault(builder);
        Assert.Equal(FaultKind.NoProducer, fault.Kind);
        Assert.Contains(fault.Name, new[] { "ore", "handling" });
    }

    [Fact]
    public void Empty_processes_and_products_wrong_amounts_and_wrong_uncertainties_are_all_named()
    {
        var builder = new ProductSystemBuilder(3, 3, 1, 1, Names).Exchange(new(0), new(0), double.NaN)
            .Exchange(new(1), new(1), 1, Uncertainty.Uniform(2, 1)).Emit(new(0), new(0), 1)
            .Factor(new(0), new(0), double.PositiveInfinity);
        var faults = Assert.Throws<InvalidSystemException>(() => builder.Build()).Faults;
        Assert.Equal(
            [
                (FaultKind.EmptyProcess, "port"), (FaultKind.EmptyProduct, "handling"),
                (FaultKind.NotFinite, "smelter"), (FaultKind.ImpossibleUncertainty, "mine"),
                (FaultKind.NotFinite, "#0"),
            ], faults.Select(f => (f.Kind, f.Name)));
    }

    [Fact]
    public void Parts_and_loops_are_described()
    {
        var system = Systems.OneFlow([[1, -1, 0, 0], [-0.5, 1, 0, 0], [0, 0, 1, 0], [0, 0, -1, 1]], [1, 1, 1,
            1]);
        var shape = SystemCheck.Shape(system);
        Assert.Equal([[0, 1], [2, 3]], shape.Parts.Select(p => p.Select(j => j.Value)));
        Assert.Equal([0, 1], shape.Loops.Single().Select(j => j.Value).Order());
    }

    [Fact]
    public void Exchanges_that_share_a_cell_are_added()
    {
        var system = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1)
            .Exchange(new(0), new(1), -0.25).Exchange(new(0), new(1), -0.5).Exchange(new(1), new(1), 2)
            .Exchange(new(1), new(1), -1).Emit(new(1), new(0), 3).Factor(new(0), new(0), 1).Build();
        Assert.Equal(-0.75, system.Technosphere.Matrix[1, 0]);
        using var assessment = new Celadon.Lca.Results.Assessment(system);
        Assert.Equal(2.25, assessment.Solve(new Demand(new(0), 1)).Score(new(0)), 14);
    }

    private static ModelFault Fault(ProductSystemBuilder builder) =>
        Assert.Throws<InvalidSystemException>(() => builder.Build()).Faults[0];
}
