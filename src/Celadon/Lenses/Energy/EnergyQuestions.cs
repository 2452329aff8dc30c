using System.Collections.Immutable;
using Celadon.Lenses.Energy.Basic;
using Celadon.Lenses.Energy.Load;

namespace Celadon.Lenses.Energy;

/// <summary>The questions of the energy lens.</summary>
public static class EnergyQuestions
{
    /// <summary>Every question of the lens.</summary>
    public static ImmutableArray<Question> All { get; } = [new LoadQuestion(), new BasicQuestion()];
}
