using System.Reflection;
using System.Text.RegularExpressions;

namespace Celadon.Tests.House;

/// <summary>
/// What the domain must not do: look at the clock, throw dice, reach outside, or strip a number of its unit.
/// </summary>
internal static partial class Purity
{
    private static readonly string[] Outside =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.IO.FileStream",
        "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "NodaTime.SystemClock",
        "System.Environment", "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly string[] OutsideRooms = ["System.Net", "System.Data", "Microsoft.Data", "DuckDB"];

    private static readonly string[] Chance =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now",
        "DateTimeOffset.get_UtcNow", "Guid.NewGuid", "Guid.CreateVersion7", "Random.get_Shared",
        "TimeProvider.get_System", "CultureInfo.get_CurrentCulture", "CultureInfo.get_CurrentUICulture",
    ];

    /// <summary>
    /// Numeric kernels: dimensionless samples, fits and matrices, where a quantity has left its unit behind.
    /// </summary>
    private static readonly string[] Kernels = ["Celadon.Lenses.Carbon.Uncertainty", "Celadon.Packs.Lci"];

    /// <summary>Where a type depends on more than its arguments.</summary>
    public static IEnumerable<string> Breaches(Type type) => References.Of(type).OfType<MethodBase>()
        .Where(IsImpure).Select(m => $"{type.FullName} uses {m.DeclaringType!.Name}.{m.Name}").Distinct();

    /// <summary>Public members that give or take a quantity as a bare floating-point number.</summary>
    public static IEnumerable<string> BareQuantities(Type type)
    {
        if (!type.IsPublic || Kernels.Any(k => type.Namespace!.StartsWith(k, StringComparison.Ordinal)))
            yield break;
        const BindingFlags own = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(own))
            if (IsBare(property.PropertyType, property.Name)) yield return $"{type.Name}.{property.Name}";
        foreach (var method in type.GetMethods(own).Where(m => !m.IsSpecialName && m.Name != "Deconstruct"))
        {
            if (IsBare(method.ReturnType, method.Name)) yield return $"{type.Name}.{method.Name}";
            foreach (var parameter in method.GetParameters())
                if (IsBare(parameter.ParameterType, parameter.Name!))
                    yield return $"{type.Name}.{method.Name}({parameter.Name})";
        }
    }

    private static bool IsImpure(MethodBase method)
    {
        var type = method.DeclaringType!;
        var name = $"{type.Name}.{method.Name}";
        // The compiler's iterators ask for it.
        if (name == "Environment.get_CurrentManagedThreadId") return false;
        return Outside.Contains(type.FullName) || Chance.Contains(name)
            || (type == typeof(Random) && method.IsConstructor && method.GetParameters().Length == 0)
            || OutsideRooms.Any(room => type.Namespace?.StartsWith(room, StringComparison.Ordinal) == true);
    }

    private static bool IsBare(Type type, string name) =>
        (type == typeof(double) || type == typeof(float) || type == typeof(double?)
            || type == typeof(decimal))
        && QuantityName().IsMatch(name);

    [GeneratedRegex(
        "energy|emission|carbon|co2|kwh|mwh|joule|mass|tonne|kilogram|volume|litre|amount|quantit|price"
        + "|cost|distance|area|power|factor|intensity|duration", RegexOptions.IgnoreCase)]
    private static partial Regex QuantityName();
}
