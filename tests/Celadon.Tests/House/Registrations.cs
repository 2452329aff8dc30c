using System.Collections;
using System.Reflection;
using Celadon.Lenses;

namespace Celadon.Tests.House;

/// <summary>A verb of the command line or one of its sub-verbs, as the program registers it.</summary>
/// <param name="Name">"import", "packs show".</param>
/// <param name="Key">Its texts stand under this key.</param>
/// <param name="Words">Its options ("--at") and arguments ("file").</param>
internal sealed record VerbDescription(string Name, string Key, IReadOnlyList<string> Words);

/// <summary>
/// What the program registers, found by reflection so that a new lens, verb or setting is documented and
/// tested as soon as it is there. A registration whose project exists must be found and must not be empty.
/// </summary>
internal static class Registrations
{
    /// <summary>Every question that the domain holds, whether registered or not.</summary>
    public static IReadOnlyList<Question> Questions { get; } = [.. typeof(Question).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(Question)) && !type.IsAbstract)
        .Select(type => (Question)Activator.CreateInstance(type, nonPublic: true)!)
        .OrderBy(question => question.Name, StringComparer.Ordinal)];

    /// <summary>True when these tests reference the command line and can look at its verbs.</summary>
    public static bool HasCommandLine { get; } = File
        .ReadAllText(Repository.At("tests/Celadon.Tests/Celadon.Tests.csproj"))
        .Contains("Celadon.Cli.csproj", StringComparison.Ordinal);

    /// <summary>Every verb and sub-verb with what it takes.</summary>
    public static IReadOnlyList<VerbDescription> Verbs { get; } = HasCommandLine ? [.. ReadVerbs()] : [];

    /// <summary>
    /// The settings the program reads from its surroundings: names that begin with CELADON_.
    /// </summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        .. Repository.Under("src").Where(f => f.Extension is ".cs" or ".razor")
            .SelectMany(f => CSharpSource.Read(f.Text).Literals).Select(l => l.Text)
            .Where(text => text.Length > 8 && text.StartsWith("CELADON_", StringComparison.Ordinal)
                && text.All(c => c is '_' or (>= 'A' and <= 'Z')))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<VerbDescription> ReadVerbs()
    {
        var list = Assembly.Load("Celadon.Cli").GetTypes().Single(type => type.Name == "VerbList");
        foreach (var verb in AllOf(list))
        {
            var name = (string)verb.GetType().GetProperty("Name")!.GetValue(verb)!;
            var describe = verb.GetType().GetMethod("Describe")!;
            var command = Activator.CreateInstance(describe.GetParameters()[0].ParameterType, name, null)!;
            describe.Invoke(verb, [command]);
            foreach (var each in Spread(command, name)) yield return each;
        }
    }

    private static IEnumerable<VerbDescription> Spread(object command, string name)
    {
        yield return new VerbDescription(name, $"cli.{name.Replace(' ', '.')}",
            [.. Names(command, "Arguments"), .. Names(command, "Options")]);
        foreach (var sub in Items(command, "Subcommands"))
            foreach (var each in Spread(sub, $"{name} {NameOf(sub)}")) yield return each;
    }

    private static IEnumerable<string> Names(object command, string property) =>
        Items(command, property).Select(NameOf);

    private static IEnumerable<object> Items(object command, string property) =>
        ((IEnumerable)command.GetType().GetProperty(property)!.GetValue(command)!).Cast<object>();

    private static string NameOf(object item) => (string)item.GetType().GetProperty("Name")!.GetValue(item)!;

    private static IEnumerable<object> AllOf(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;
        return type.GetProperty("All", all)?.GetValue(null) is IEnumerable items ? items.Cast<object>() : [];
    }
}
