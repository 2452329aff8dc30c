using System.Text;
using System.Text.Json;
using Celadon.Lca.Model;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Packs.Lci;

/// <summary>A database goes into tables of a pack and comes back whole; a wrong table is told.</summary>
public sealed class LciTablesTests
{
    private static readonly LciPackWords Words = new("small", "CC0-1.0", "Small", "Made for the test");

    private static readonly Gen<double> Finite =
        Gen.Double.Where(d => double.IsFinite(d));

    private static string Text(LciDatabase database) => JsonSerializer.Serialize(database);

    /// <summary>The pack of a database with one of its tables replaced, hash and all.</summary>
    private static Pack Spoiled(string file, string from, string to)
    {
        var pack = LciPack.Of(SmallDatabase.Make(), Words);
        var table = Encoding.UTF8.GetString(pack.Read("small", file)!);
        Assert.Contains(from, table, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(table.Replace(from, to, StringComparison.Ordinal));
        string Hash(byte[] of) => Convert.ToHexStringLower(
            global::System.Security.Cryptography.SHA256.HashData(of));
        var json = Encoding.UTF8.GetString(pack.Read("small", "pack.json")!)
            .Replace(Hash(pack.Read("small", file)!), Hash(bytes), StringComparison.Ordinal);
        var files = PackReader.Read(pack, "small").Pack!.Header.Tables.ToDictionary(
            t => ("small", t.File), t => t.File == file ? bytes : pack.Read("small", t.File)!);
        files[("small", "pack.json")] = Encoding.UTF8.GetBytes(json);
        var reading = PackReader.Read(new MemoryPacks(files), "small");
        Assert.Empty(reading.Findings);
        return reading.Pack!;
    }

    /// <summary>2 t of a flow that has a third of a unit of money a kilogram.</summary>
    [Fact]
    public void An_amount_in_another_property_is_divided_by_its_factor()
    {
        var lookup = new LciLookup(SmallDatabase.Make());
        Assert.Equal(1000, lookup.ToReference(lookup.Flows["f"], "t", "m"));
        Assert.Equal(3000, lookup.ToReference(lookup.Flows["f"], "t", "e")!.Value, 1e-9);
        Assert.Null(lookup.ToReference(lookup.Flows["air"], "t", "e"));
    }

    [Fact]
    public void A_database_comes_back_whole()
    {
        var reading = PackReader.Read(LciPack.Of(SmallDatabase.Make(), Words), "small");
        Assert.Empty(reading.Findings);
        Assert.Equal(Text(SmallDatabase.Make()), Text(reading.Pack!.Lci!.Value.Database));
    }

    [Fact]
    public void Every_kind_of_table_is_used() => Assert.Equal(
        LciTables.Columns.Keys.Order(StringComparer.Ordinal),
        LciTables.Write(SmallDatabase.Make()).Select(t => t.Kind).Order(StringComparer.Ordinal));

    [Fact]
    public void Any_number_and_spread_comes_back_to_the_last_bit() =>
        Gen.Select(Finite, Finite, Gen.Double[0, 5], Gen.Int[0, 2]).Sample((amount, a, b, kind) =>
        {
            var spread = kind == 0 ? Uncertainty.Lognormal(a == 0 ? 1 : a, b)
                : kind == 1 ? Uncertainty.Normal(a, b) : Uncertainty.Uniform(-b, b);
            var made = SmallDatabase.Make(amount, spread);
            var back = PackReader.Read(LciPack.Of(made, Words), "small").Pack!.Lci!.Value.Database;
            return Text(made) == Text(back);
        }, iter: 200);

    [Fact]
    public void A_large_table_is_divided_and_comes_back_in_order()
    {
        var tables = LciTables.Write(SmallDatabase.Make(), fileBytes: 1);
        Assert.Equal(["exchanges.csv", "exchanges-2.csv"],
            tables.Where(t => t.Kind == "lci-exchanges").Select(t => t.File));
        var header = PackReader.Read(LciPack.Of(SmallDatabase.Make(), Words), "small").Pack!.Header with
        {
            Tables = [.. tables.Select(t => new PackTable(t.File, t.Kind, t.Rows, Convert.ToHexStringLower(
                global::System.Security.Cryptography.SHA256.HashData(t.Bytes))))],
        };
        Assert.Equal(Text(SmallDatabase.Make()),
            Text(LciTables.Read(header, file => tables.Single(t => t.File == file).Bytes)));
    }

    [Theory]
    [InlineData("exchanges.csv", ",0.1,", ",NaN,", "packs.cell", "amount")]
    [InlineData("exchanges.csv", ",0.1,", ",,", "packs.empty", "amount")]
    [InlineData("flows.csv", ",elementary,", ",strange,", "packs.cell", "kind")]
    [InlineData("units.csv", "g,t,", "h,t,", "packs.cell", "group")]
    [InlineData("flows.csv", "\nair,", "\nf,", "packs.duplicateId", "id")]
    [InlineData("locations.csv", ",CN-36,29.3", ",CN-36,x", "packs.cell", "latitude")]
    public void A_wrong_cell_is_told_when_the_database_is_asked_for(string file, string from, string to,
        string code, string column)
    {
        var pack = Spoiled(file, from, to);
        var finding = Assert.Throws<RefusedException>(() => pack.Lci!.Value).Finding;
        Assert.Equal((code, $"small/{file}", column),
            (finding.Code, finding.Place!.File, finding.Place.Column));
        Assert.InRange(finding.Place.Row!.Value, 2, 4);
    }

    [Fact]
    public void A_changed_table_is_told_when_the_pack_is_read()
    {
        var pack = LciPack.Of(SmallDatabase.Make(), Words);
        pack.Read("small", "exchanges.csv")![^2] ^= 1;
        Assert.Equal("packs.sha256", Assert.Single(PackReader.Read(pack, "small").Findings).Code);
    }

    [Theory]
    [InlineData("../etc", "MIT", "lci.id")]
    [InlineData("Big", "MIT", "lci.id")]
    [InlineData("", "MIT", "lci.id")]
    [InlineData("fine", " ", "lci.licence")]
    public void A_pack_needs_an_id_and_a_licence(string id, string licence, string code) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => LciPack.Of(SmallDatabase.Make(),
            Words with { Id = id, Licence = licence })).Finding.Code);
}
