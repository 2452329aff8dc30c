namespace Celadon.Server.Web;

/// <summary>
/// A page that shows facts of a spec as fields: what they are called and what is wrong with them.
/// </summary>
public interface ISpecPage
{
    /// <summary>The unit that facts are stated in; a word for it while there is none.</summary>
    string UnitSaid { get; }

    /// <summary>The text key of a fact's label.</summary>
    /// <param name="path">The fact, by dots.</param>
    string KeyOf(string path);

    /// <summary>The values a field may have and what they are called; empty where anything may
    /// stand.</summary>
    /// <param name="field">The field.</param>
    IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field);

    /// <summary>What is wrong with a fact or group of facts, in words; null when nothing is.</summary>
    /// <param name="item">The fact or the group.</param>
    string? WrongOf(SpecItem item);

    /// <summary>True for rows of which there are always as many.</summary>
    /// <param name="path">The rows, by dots.</param>
    bool IsFixed(string path);
}
