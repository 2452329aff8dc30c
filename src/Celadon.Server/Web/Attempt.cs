using Celadon.Text;

namespace Celadon.Server.Web;

/// <summary>A form as it was sent, to be shown again where it was refused.</summary>
/// <param name="Form">Which.</param>
/// <param name="Fields">What was typed, without blanks around it.</param>
public sealed record Attempt(string Form, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>What is wrong; null before it was tried.</summary>
    public Finding? Finding { get; init; }

    /// <summary>A field; empty where it was not sent.</summary>
    public string this[string name] => Fields.GetValueOrDefault(name, "");

    /// <summary>The same, of a form that ends something and whose box was ticked.</summary>
    /// <exception cref="RefusedException">footprint.unsure: it was not.</exception>
    public Attempt Meant => this["sure"] == "yes" ? this : throw RefusedException.Of("footprint.unsure");
}
