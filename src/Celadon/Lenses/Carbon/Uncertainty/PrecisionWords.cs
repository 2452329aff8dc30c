using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// The GHG Protocol's words for a 95 % half width: high, good, fair, else poor. The bounds stand in a pack.
/// </summary>
internal sealed class PrecisionWords
{
    private readonly ImmutableArray<(string Word, Amount UpTo)> _bounds;

    public PrecisionWords(FactorLibrary packs) => _bounds =
    [
        .. new[] { "high", "good", "fair" }.Select(word => (word, packs.Value("precision/" + word)?.Value
            ?? throw Refuse.At("carbon.value.unknown", "", ("id", "precision/" + word)))),
    ];

    /// <summary>The widest half width, in percent, that still has a word other than poor.</summary>
    public Amount Widest => _bounds[^1].UpTo;

    /// <summary>The word for a half width in percent.</summary>
    public string Of(Amount percent) => _bounds.FirstOrDefault(b => percent <= b.UpTo).Word ?? "poor";
}
