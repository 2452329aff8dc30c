using System.Reflection;

namespace Celadon.Tests.House;

/// <summary>
/// The rooms of the domain and what each may lean on, as the picture in docs/architecture.md has them.
/// </summary>
internal static class Layers
{
    private const string Lenses = "Celadon.Lenses";

    /// <summary>A room and the rooms below it. A lens's own folder stands above all of them.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Below = new Dictionary<string, string[]>
    {
        ["Celadon.Quantities"] = [],
        ["Celadon.Text"] = ["Celadon.Quantities"],
        ["Celadon.Ledger"] = ["Celadon.Quantities", "Celadon.Text"],
        ["Celadon.Registers"] = ["Celadon.Quantities", "Celadon.Text", "Celadon.Ledger"],
        ["Celadon.Packs"] = ["Celadon.Quantities", "Celadon.Text", "Celadon.Ledger", "Celadon.Registers",
            "Celadon.Lca"],
        [Lenses] = ["Celadon.Quantities", "Celadon.Text", "Celadon.Ledger", "Celadon.Registers",
            "Celadon.Packs"],
    };

    /// <summary>The lenses that lean on the life-cycle engine.</summary>
    private static readonly string[] OnTheEngine = [Lenses + ".Products"];

    /// <summary>Where a type leans on a room that is not below its own.</summary>
    public static IEnumerable<string> Wrong(Type type, IEnumerable<Type> uses)
    {
        var own = RoomOf(type);
        foreach (var used in uses.Where(u =>
            u.Namespace?.StartsWith("Celadon", StringComparison.Ordinal) == true))
        {
            var room = RoomOf(used);
            if (room == own || IsBelow(own, room) || IsRegistration(type)) continue;
            if (IsLens(own) && IsLens(room) && IsOfAReport(used)) continue;
            yield return $"{type.FullName} leans on {used.FullName}";
        }
    }

    /// <summary>The room of a type: its first folder, and for a lens the lens's folder.</summary>
    public static string RoomOf(Type type) =>
        string.Join('.', type.Namespace!.Split('.').Take(IsLens(type.Namespace) ? 3 : 2));

    private static bool IsLens(string room) => room.StartsWith(Lenses + ".", StringComparison.Ordinal);

    private static bool IsBelow(string own, string room) => IsLens(own)
        ? room == Lenses || Below[Lenses].Contains(room)
            || (room == "Celadon.Lca" && OnTheEngine.Contains(own))
        : Below.TryGetValue(own, out var below) && below.Contains(room);

    /// <summary>
    /// The one place where every lens is named, so that CLI, API, docs and pages find its questions.
    /// </summary>
    private static bool IsRegistration(Type type) => type.FullName == Lenses + ".Questions";

    /// <summary>True for a *Report record and the types that its numbers and lines are made of.</summary>
    private static bool IsOfAReport(Type type) => type.Name.EndsWith("Report", StringComparison.Ordinal)
        || type.Assembly.GetTypes().Where(t => t.Name.EndsWith("Report", StringComparison.Ordinal)
            && t.Namespace == type.Namespace).Any(report => Parts(report, []).Contains(type));

    private static HashSet<Type> Parts(Type type, HashSet<Type> seen)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            foreach (var part in property.PropertyType.GetGenericArguments().Append(property.PropertyType))
                if (part.Namespace == type.Namespace && seen.Add(part)) Parts(part, seen);
        return seen;
    }
}
