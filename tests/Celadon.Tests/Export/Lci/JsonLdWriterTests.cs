using System.IO.Compression;
using System.Text;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Export.Lci;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Tests.Import.Lci;
using Celadon.Tests.Packs.Lci;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Export.Lci;

/// <summary>openLCA JSON-LD out: what was read comes back the same; what cannot be held is named.</summary>
public sealed class JsonLdWriterTests
{
    private static (LciDatabase Database, IReadOnlyList<Finding> Said) Again(LciDatabase database)
    {
        using var zip = new MemoryStream();
        var said = JsonLdWriter.Write(database, zip);
        var parts = new List<LciPart>();
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            parts.Add(LciPart.Of(entry.FullName, bytes.ToArray()));
        }
        return (Assembled.Clean(JsonLdReader.Read(database.Name, parts)), said);
    }

    private static LciDatabase Read(IEnumerable<LciPart> parts) =>
        Assembled.Clean(JsonLdReader.Read("test", parts));

    /// <summary>Everything a pack keeps of a database, table by table.</summary>
    private static string[] Tables(LciDatabase database) =>
        [.. LciTables.Write(database).Select(t => $"{t.File}\n{Encoding.UTF8.GetString(t.Bytes)}")];

    private static void ComesBack(LciDatabase database)
    {
        var (again, said) = Again(database);
        Assert.Empty(said);
        Assert.Equal(Tables(database), Tables(again));
    }

    [Fact]
    public void Version_2_comes_back_the_same() => ComesBack(Read(JsonLdFiles.Parts(JsonLdFiles.Two)));

    /// <summary>
    /// Version 1 is written in the words of version 2: renamed fields, paths of categories, no context.
    /// </summary>
    [Fact]
    public void Version_1_comes_back_the_same()
    {
        var database = Read(JsonLdFiles.Parts([.. JsonLdFiles.Two.Where(f => f.Name != "sources/book.json"
                && f.Name != "openlca.json")
            .Select(f => (f.Name, f.Json.Replace("isInputParameter", "inputParameter",
                StringComparison.Ordinal).Replace("isInput\"", "input\"", StringComparison.Ordinal)
                .Replace("isQuantitativeReference", "quantitativeReference", StringComparison.Ordinal))),
            ("categories/k.json", """{"@id":"k","name":"Books"}"""),
            ("sources/book.json", """
                {"@context":"http://x","@id":"book","name":"Book","category":{"@id":"k"},
                 "copyright":true}
                """)]));
        ComesBack(database);
        Assert.Equal("""{"@id":"book","name":"Book","category":"Books","isCopyrightProtected":true}""",
            database.Documents.Single(d => d.Kind == "sources").Json);
    }

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public void The_us_inventory_comes_back_the_same()
    {
        var path = Path.Combine(House.Repository.Root, "..", "shared", "data", "uslci-jsonld-v1.zip");
        Assert.SkipUnless(File.Exists(path), "skipped: ../shared/data/uslci-jsonld-v1.zip not present");
        using var package = LciPackage.Open(path);
        ComesBack(Read(package.Parts));
    }

    [Fact]
    public void Amounts_and_spreads_come_back_to_the_last_bit() => Gen.Select(
        Gen.Double.Where(d => double.IsFinite(d) && d != 0), Gen.Double[1, 50], Gen.Int[0, 3],
        Gen.Double[0, 1e6])
        .Sample((amount, deviation, kind, wide) =>
        {
            var spread = kind switch
            {
                0 => Uncertainty.Lognormal(amount, Math.Log(deviation)),
                1 => Uncertainty.Normal(amount, wide),
                2 => Uncertainty.Uniform(-wide, wide),
                _ => Uncertainty.Triangular(-wide, 0, wide),
            };
            var database = Read(JsonLdFiles.Parts(JsonLdFiles.Two));
            database = database with
            {
                Processes = [.. database.Processes.Select(p => p with
                {
                    Exchanges = [.. p.Exchanges.Select(e =>
                        e with { Amount = amount, Uncertainty = spread })],
                })],
            };
            return Tables(database).SequenceEqual(Tables(Again(database).Database));
        }, iter: 100);

    [Fact]
    public void What_the_format_cannot_hold_is_named()
    {
        var small = SmallDatabase.Make(1, Uncertainty.Pert(0, 1, 2));
        var said = JsonLdWriter.Write(small with
        {
            Processes = [small.Processes[0] with { Allocation = AllocationRule.Stated }],
            Flows = [small.Flows[0] with { Synonyms = ["a;b", "c"] }, .. small.Flows[1..]],
        }, new MemoryStream());
        Assert.Equal("allocation stated (1), extra (1), flows.synonyms (1), uncertainty pert (1)",
            said.Single(f => f.Code == "lci.export.notHeld").Args["what"]);
    }

    /// <summary>The format has sets over impact categories only; our own reader gets all back.</summary>
    [Fact]
    public void Damage_categories_and_sets_over_them_stand_beside_the_format()
    {
        var two = Read(JsonLdFiles.Parts(JsonLdFiles.Two));
        var method = Assert.Single(two.Methods);
        var database = two with
        {
            Methods = [method with
            {
                Damages = [new("health", "Health", "DALY", [new("gwp", 1e-6)]), new("none", "None", "", [])],
                Weightings = [new("nw", "World", "Pt", [new("gwp", 0.5, 3), new("health", 1 / 3d, null)])],
            }],
        };
        var (again, said) = Again(database);
        Assert.Equal(("lci.export.extended", "lcia_methods.damageCategories (2)"),
            (Assert.Single(said).Code, said[0].Args["what"]));
        Assert.Equal(Tables(database), Tables(again));
    }

    /// <summary>openLCA keeps 36 characters of an identifier; longer ones get a UUID of their own.</summary>
    [Fact]
    public void Long_identifiers_become_uuids_everywhere()
    {
        var longer = new string('a', 30) + "/" + new string('b', 30);
        var database = Read(JsonLdFiles.Parts(JsonLdFiles.Two.Select(f =>
            (f.Name, f.Json.Replace("\"grid\"", $"\"{longer}\"", StringComparison.Ordinal)))));
        var (again, said) = Again(database);
        Assert.Equal(("lci.export.ids", "1"), (said[0].Code, said[0].Args["count"]));
        var id = again.Processes.Single(p => p.Name == "Grid").Id;
        Assert.Equal(36, id.Length);
        var kiln = again.Processes.Single(p => p.Id == "kiln");
        Assert.Equal(id, kiln.Exchanges.Single(e => e.Id == 6).Provider);
    }

    [Fact]
    public void The_same_database_gives_the_same_bytes()
    {
        static byte[] Written()
        {
            using var zip = new MemoryStream();
            JsonLdWriter.Write(Read(JsonLdFiles.Parts(JsonLdFiles.Two)), zip);
            return zip.ToArray();
        }
        Assert.Equal(Written(), Written());
    }
}
