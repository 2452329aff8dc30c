using System.Runtime.CompilerServices;
using Celadon.Lca.Model;

namespace Celadon.Tests.Lca;

/// <summary>An uncertainty stands beside every entry of a system: it is no larger than it must be.</summary>
public sealed class UncertaintySizeTests
{
    [Fact]
    public void An_uncertainty_takes_thirty_two_bytes() => Assert.Equal(32, Unsafe.SizeOf<Uncertainty>());

    /// <summary>A turned distribution is turned back by the next change of sign.</summary>
    [Fact]
    public void Two_changes_of_sign_are_none()
    {
        foreach (var one in (Uncertainty[])[Uncertainty.Normal(2, 1), Uncertainty.Uniform(1, 3),
            Uncertainty.Triangular(1, 2, 4), Uncertainty.Pert(1, 2, 4), Uncertainty.Lognormal(2, 0.5)])
        {
            Assert.Equal(one, one.Times(-1).Times(-1));
            Assert.Equal(one.Mean, -one.Times(-1).Mean, 1e-12);
            Assert.Equal(one.Variance, one.Times(-1).Variance, 1e-12);
            Assert.True(one.Times(-1).IsPossible);
        }
    }
}
