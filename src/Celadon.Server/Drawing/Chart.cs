using Celadon.Server.Web;

namespace Celadon.Server.Drawing;

/// <summary>A chart: a sentence, unit and period, a drawing, its table, its source.</summary>
/// <param name="Id">Unique in its page.</param>
/// <param name="Title">A sentence that says what it shows, with the number that matters.</param>
/// <param name="Small">Unit, then period, zone, method or basis.</param>
/// <param name="Drawing">What is drawn.</param>
/// <param name="Twin">The same numbers as a table.</param>
/// <param name="Source">Where they come from.</param>
public sealed record Chart(
    string Id, Sentence Title, string Small, Drawing Drawing, Table Twin, string Source)
{
    /// <summary>Signs and what they mean, in drawing order; empty when labels in the drawing do.</summary>
    public IReadOnlyList<(string Look, Sentence Text)> Legend { get; init; } = [];
}

/// <summary>Something that can be drawn, on a page or as a file.</summary>
public abstract record Drawing
{
    /// <summary>What it shows, in words.</summary>
    public required string Label { get; init; }

    /// <summary>The drawing.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="width">Width in pixels for a file; null on a page, where it is as wide as its
    /// column.</param>
    public abstract string Draw(string id, int? width = null);
}
