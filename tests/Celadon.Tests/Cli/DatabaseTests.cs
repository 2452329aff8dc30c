using System.IO.Compression;
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
}
