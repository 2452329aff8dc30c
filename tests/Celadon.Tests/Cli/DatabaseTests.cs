using System.IO.Compression;
using Celadon.Cli;
using Celadon.Store;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Tests.Import.Lci;

namespace Celadon.Tests.Cli;

/// <summary>"database" imports a package, lists it and shows its processes.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-database-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(Func<string, string> change)
    {
        foreach (var (name, json) in JsonLdFiles.Two)
        {
            var path = Path.Combine(_folder, "kiln", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, change(json));
        }
        ZipFile.CreateFromDirectory(Path.Combine(_folder, "kiln"), Path.Combine(_folder, "kiln.zip"));
    }

    private Task<Ran> Run(params string[] args) =>
        Terminal.Run(_folder, [.. args, "--workspace", Path.Combine(_folder, "books")]);

    [Fact]
    public async Task A_package_is_imported_listed_and_shown()
    {
        Write(json => json);
        (await Run("init")).Ends(0);
        var imported = (await Run("database", "import", "kiln.zip", "--id", "kiln", "--licence", "MIT",
            "--title", "Kiln works", "--edition", "1", "--json")).Ends(0).Json;
        var counts = imported.GetProperty("counts");
        Assert.Equal((2, 8, 3, 0), (counts.GetProperty("processes").GetInt32(),
            counts.GetProperty("exchanges").GetInt32(), counts.GetProperty("productInputs").GetInt32(),
            counts.GetProperty("withoutProvider").GetInt32()));
        var listed = Assert.Single((await Run("database", "list", "--json")).Ends(0).Json.EnumerateArray());
        Assert.Equal(("kiln", "1", "Kiln works", "MIT", 2), (listed.GetProperty("id").GetString(),
            listed.GetProperty("edition").GetString(), listed.GetProperty("title").GetString(),
            listed.GetProperty("licence").GetString(), listed.GetProperty("processes").GetInt32()));
        var shown = Assert.Single((await Run("database", "show", "kiln", "KIL", "--json")).Ends(0).Json
            .GetProperty("processes").EnumerateArray());
        Assert.Equal(("Kiln", "tile", 2d, "kg", "GB"), (shown.GetProperty("name").GetString(),
            shown.GetProperty("flow").GetString(), shown.GetProperty("amount").GetDouble(),
            shown.GetProperty("unit").GetString(), shown.GetProperty("location").GetString()));
        var text = (await Run("database", "show", "kiln")).Ends(0).Out;
        Assert.Contains("Grid", text, StringComparison.Ordinal);
        Assert.Equal("packs.inUse", (await Run("database", "import", "kiln.zip", "--id", "kiln", "--licence",
            "MIT", "--title", "Kiln works", "--edition", "1", "--json")).Ends(3).Refused);
    }

    [Fact]
    public async Task A_damaged_package_changes_nothing_and_says_where()
    {
        Write(json => json.Replace("\"unit\":{\"@id\":\"MJ\"}", "\"unit\":{\"@id\":\"GJ\"}",
            StringComparison.Ordinal));
        (await Run("init")).Ends(0);
        var ran = (await Run("database", "import", "kiln.zip", "--id", "kiln", "--licence", "MIT")).Ends(1);
        Assert.Contains("processes/kiln.json", ran.Error, StringComparison.Ordinal);
        Assert.Contains("/exchanges/2", ran.Error, StringComparison.Ordinal);
        Assert.Empty((await Run("database", "list", "--json")).Ends(0).Json.EnumerateArray());
        Assert.Equal("lci.none", (await Run("database", "show", "kiln", "--json")).Ends(3).Refused);
    }

    /// <summary>The part that holds together is taken where it is said, and says that it is one.</summary>
    [Fact]
    public async Task What_holds_together_is_taken_when_it_is_asked_for()
    {
        Write(json => json.Replace("\"unit\":{\"@id\":\"MJ\"}", "\"unit\":{\"@id\":\"GJ\"}",
            StringComparison.Ordinal));
        (await Run("init")).Ends(0);
        var import = (string[])["database", "import", "kiln.zip", "--id", "kiln", "--licence", "MIT"];
        var refused = (await Run(import)).Ends(1);
        Assert.Contains("--without-faulty", refused.Error + refused.Out, StringComparison.Ordinal);
        var taken = (await Run([.. import, "--without-faulty", "--json"])).Ends(0).Json;
        Assert.Equal(1, taken.GetProperty("counts").GetProperty("processes").GetInt32());
        Assert.Contains(taken.GetProperty("findings").EnumerateArray(), f =>
            f.GetProperty("severity").GetString() == "error");
        Assert.Contains("left out", (await Run("database", "show", "kiln")).Ends(0).Out,
            StringComparison.Ordinal);
        using var workspace = Workspace.Open(Path.Combine(_folder, "books"), VerbContext.Options());
        Assert.False(workspace.Library().Pack("kiln")!.Header.Complete);
    }

    /// <summary>The tile works in EcoSpold 2, with inputs whose providers are not there.</summary>
    private void WriteSpold(int unlinked)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "spold")).FullName;
        var inputs = string.Concat(Enumerable.Range(1, unlinked).Select(i =>
            SpoldFiles.Product($"lost-{i}", "1", "kg", "input5", "nobody")));
        foreach (var part in (LciPart[])[.. SpoldFiles.Tile(), SpoldFiles.Activity("more", "more",
            SpoldFiles.Product("more", "1", "kg", "output0") + inputs)])
        {
            using var from = part.Open();
            using var to = File.Create(Path.Combine(folder, part.Name));
            from.CopyTo(to);
        }
    }

    /// <summary>EcoSpold 2 through the verb: the tile scores as its hand calculation says.</summary>
    [Fact]
    public async Task Ecospold_2_is_imported_and_assessed()
    {
        WriteSpold(0);
        (await Run("init")).Ends(0);
        var imported = (await Run("database", "import", "spold", "--id", "tiles", "--licence", "MIT",
            "--json")).Ends(0).Json;
        Assert.Equal((5, 3, 1), (imported.GetProperty("counts").GetProperty("processes").GetInt32(),
            imported.GetProperty("counts").GetProperty("productInputs").GetInt32(),
            imported.GetProperty("counts").GetProperty("categories").GetInt32()));
        var shown = (await Run("database", "show", "tiles", "glazed", "--json")).Ends(0).Json
            .GetProperty("processes")[0];
        Assert.Equal(("tile-act_tile", "tile", 1d, "kg", "GB"), (shown.GetProperty("id").GetString(),
            shown.GetProperty("flow").GetString(), shown.GetProperty("amount").GetDouble(),
            shown.GetProperty("unit").GetString(), shown.GetProperty("location").GetString()));
        using var workspace = Workspace.Open(Path.Combine(_folder, "books"), VerbContext.Options());
        Assert.Equal(TileWorks.Tile, Assembled.Score(
            workspace.Library().Pack("tiles")!.Lci!.Value.Database, "glazed tile", "climate"), 1e-12);
    }

    [Fact]
    public async Task Many_findings_of_one_cause_are_three_places_and_a_count()
    {
        WriteSpold(9);
        (await Run("init")).Ends(0);
        string[] import = ["database", "import", "spold", "--licence", "MIT"];
        var brief = (await Run([.. import, "--id", "a"])).Ends(0).Error;
        Assert.Equal(3, Count(brief, "[formats.provider.none]"));
        Assert.Contains("6 more of 9 of formats.provider.none", brief, StringComparison.Ordinal);
        Assert.Equal(1, Count(brief, "Import the whole system model"));
        var all = (await Run([.. import, "--id", "b", "--all"])).Ends(0).Error;
        Assert.Equal(9, Count(all, "[formats.provider.none]"));
        var json = (await Run([.. import, "--id", "c", "--json"])).Ends(0);
        Assert.Equal(9, json.Json.GetProperty("findings").EnumerateArray().Count(f =>
            f.GetProperty("code").GetString() == "formats.provider.none"));
        Assert.Empty(json.Error);
    }

    [Fact]
    public async Task A_database_is_exported_and_imported_again_as_the_same()
    {
        Write(json => json);
        (await Run("init")).Ends(0);
        string[] import = ["database", "import", "--licence", "MIT", "--json"];
        (await Run([.. import, "kiln.zip", "--id", "kiln"])).Ends(0);
        Assert.Empty((await Run("database", "export", "kiln", "out.zip", "--as", "jsonld", "--json")).Ends(0)
            .Json.GetProperty("findings").EnumerateArray());
        (await Run([.. import, "out.zip", "--id", "again"])).Ends(0);
        // An edition that is not named is named after the content.
        var listed = (await Run("database", "list", "--json")).Ends(0).Json.EnumerateArray()
            .Select(d => d.GetProperty("edition").GetString()).ToList();
        Assert.Equal(2, listed.Count);
        Assert.Equal(listed[0], listed[1]);
        var none = (await Run("database", "export", "none", "x.zip", "--json")).Ends(3);
        Assert.Equal("lci.none", none.Refused);
        Assert.False(File.Exists(Path.Combine(_folder, "x.zip")));
    }

    /// <summary>The empty template needs no workspace; a filled one goes out as a workbook.</summary>
    [Fact]
    public async Task The_template_is_written_and_read()
    {
        (await Terminal.Run(_folder, "database", "template", "empty.xlsx")).Ends(0);
        Assert.True(File.Exists(Path.Combine(_folder, "empty.xlsx")));
        foreach (var (name, text) in TemplateFiles.Tile)
        {
            Directory.CreateDirectory(Path.Combine(_folder, "tile"));
            File.WriteAllText(Path.Combine(_folder, "tile", name), text);
        }
        (await Run("init")).Ends(0);
        string[] import = ["database", "import", "--licence", "MIT", "--json"];
        (await Run([.. import, "tile", "--id", "a"])).Ends(0);
        (await Run("database", "export", "a", "a.xlsx")).Ends(0);
        (await Run("database", "export", "a", "a.zip", "--as", "csv")).Ends(0);
        (await Run([.. import, "a.xlsx", "--id", "b"])).Ends(0);
        (await Run([.. import, "a.zip", "--id", "c"])).Ends(0);
        Assert.Single((await Run("database", "list", "--json")).Ends(0).Json.EnumerateArray()
            .Select(d => d.GetProperty("edition").GetString()).Distinct());
    }

    private static int Count(string text, string part) =>
        text.Split(part, StringSplitOptions.None).Length - 1;
}
