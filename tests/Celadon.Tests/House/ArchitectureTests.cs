using System.Reflection;
using System.Xml.Linq;
using Celadon.Quantities;

namespace Celadon.Tests.House;

/// <summary>The picture in docs/architecture.md, kept.</summary>
public class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(Amount).Assembly;

    /// <summary>Which project leans on which; what those lean on comes along.</summary>
    private static readonly Dictionary<string, string[]> Picture = new()
    {
        ["Celadon.Lca"] = [],
        ["Celadon"] = ["Celadon.Lca"],
        ["Celadon.Store"] = ["Celadon"],
        ["Celadon.Server"] = ["Celadon.Store"],
        ["Celadon.Optimization"] = ["Celadon"],
        ["Celadon.Cli"] = ["Celadon.Server", "Celadon.Optimization"],
    };

    [Fact]
    public void Projects_lean_on_one_another_as_in_the_picture()
    {
        var projects = Repository.Under("src").Where(f => f.Extension == ".csproj").ToArray();
        Assert.True(projects.Length >= 2);
        Found.None(from project in projects
                   let name = Path.GetFileNameWithoutExtension(project.Path)
                   from used in References(project.Text)
                   where !Picture.ContainsKey(name) || !Reaches(name, used)
                   select $"{name} must not lean on {used}");
    }

    [Fact]
    public void A_project_that_leans_the_wrong_way_is_caught()
    {
        Assert.Equal(["Celadon.Server"],
            References("""<P><ProjectReference Include="../Celadon.Server/Celadon.Server.csproj" /></P>"""));
        Assert.False(Reaches("Celadon.Store", "Celadon.Server"));
        Assert.False(Reaches("Celadon", "Celadon.Store"));
        Assert.True(Reaches("Celadon.Cli", "Celadon"));
    }

    /// <summary>The engine is arithmetic: no package, no project, no clock, no disk.</summary>
    [Fact]
    public void The_life_cycle_engine_leans_on_nothing()
    {
        var project = XDocument.Parse(File.ReadAllText(Repository.At("src/Celadon.Lca/Celadon.Lca.csproj")));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        var types = House.References.Written(typeof(Celadon.Lca.Model.ProductSystem).Assembly).ToArray();
        Assert.True(types.Length > 20);
        Found.None(types.SelectMany(Purity.Breaches));
    }

    /// <summary>
    /// The domain knows time and nothing else from outside; storage and faces come with the projects above.
    /// </summary>
    [Fact]
    public void The_domain_takes_no_package_but_NodaTime()
    {
        var project = XDocument.Parse(File.ReadAllText(Repository.At("src/Celadon/Celadon.csproj")));
        Assert.Equal(["NodaTime"], project.Descendants("PackageReference")
            .Select(p => (string?)p.Attribute("Include")));
    }

    [Fact]
    public void Inside_the_domain_rooms_lean_only_on_rooms_below()
    {
        var types = House.References.Written(Domain).ToArray();
        Assert.True(types.Length > 50);
        Assert.Empty(types.Select(Layers.RoomOf)
            .Where(room => !room.StartsWith("Celadon.Lenses.", StringComparison.Ordinal))
            .Except(Layers.Below.Keys));
        Found.None(types.SelectMany(type => Layers.Wrong(type, House.References.TypesOf(type))));
    }

    [Fact]
    public void A_room_that_leans_upwards_is_caught()
    {
        var (amount, entry) = (typeof(Amount), typeof(Celadon.Ledger.Entry));
        Assert.Contains(amount, House.References.TypesOf(entry));
        Assert.Empty(Layers.Wrong(entry, [amount]));
        Assert.Equal(["Celadon.Quantities.Amount leans on Celadon.Ledger.Entry"],
            Layers.Wrong(amount, [entry]));
        var (view, lens) = (typeof(Celadon.Lenses.View), typeof(Celadon.Lenses.Carbon.CategoryQuestion));
        Assert.Empty(Layers.Wrong(lens, [view]));
        Assert.Single(Layers.Wrong(view, [lens]));
    }

    /// <summary>
    /// The same books and spec give the same answer: no clock, no chance, no disk, no wire.
    /// </summary>
    [Fact]
    public void The_domain_is_pure() =>
        Found.None(House.References.Written(Domain).SelectMany(Purity.Breaches));

    [Fact]
    public void Impure_code_is_caught() => Assert.Equal(
        [
            "DateTime.get_UtcNow", "DateTimeOffset.get_Now", "Environment.get_MachineName", "File.Exists",
            "Guid.NewGuid",
            "Random..ctor", "SystemClock.get_Instance",
        ],
        Purity.Breaches(typeof(Impure)).Select(breach => breach.Split(" uses ")[1])
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Quantities_cross_public_boundaries_with_their_unit() =>
        Found.None(House.References.Written(Domain).SelectMany(Purity.BareQuantities));

    [Fact]
    public void A_bare_quantity_is_caught() => Assert.Equal(
        ["Bare.EnergyKwh", "Bare.Of(massTonnes)", "Bare.TotalEmissions"],
        Purity.BareQuantities(typeof(Bare)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> References(string project) => XDocument.Parse(project)
        .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));

    private static bool Reaches(string from, string to) =>
        Picture[from].Any(next => next == to || Reaches(next, to));
}

/// <summary>Uses what the domain may not use.</summary>
internal static class Impure
{
    public static string All() =>
        $"{DateTime.UtcNow}{DateTimeOffset.Now}{Guid.NewGuid()}{new Random().Next()}{new Random(1).Next()}"
        + $"{File.Exists("a")}{Environment.MachineName}{NodaTime.SystemClock.Instance}";
}

/// <summary>Gives quantities as bare numbers.</summary>
public sealed record Bare(double EnergyKwh, double Probability)
{
    /// <summary>A method that takes one.</summary>
    public static Bare Of(float massTonnes, double z) => new(massTonnes, z);

    /// <summary>A method that gives one.</summary>
    public double TotalEmissions() => Probability;
}
