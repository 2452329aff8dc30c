using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>What reading one file found, kept apart so that files can be read side by side.</summary>
internal sealed class JsonOutcome
{
    /// <summary>Findings in the order of the file.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Names of fields that the model has no place for.</summary>
    public List<string> Left { get; } = [];

    /// <summary>Counts what nobody asked for of an object that cannot keep it.</summary>
    public void CountLeft(string what, JsonThing thing) =>
        Left.AddRange(thing.Left.Select(name => $"{what}.{name}"));

    /// <summary>Says it all.</summary>
    public void Tell(LciNotes notes)
    {
        foreach (var finding in Findings) notes.Say(finding);
        foreach (var name in Left) notes.NotCarried(name);
    }
}
