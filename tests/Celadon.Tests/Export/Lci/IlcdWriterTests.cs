using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Export.Lci;
using Celadon.Store.Import.Lci.Ilcd;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Tests.Import.Lci;
using Celadon.Tests.Packs.Lci;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Export.Lci;

/// <summary>ILCD data sets: what goes out comes back, or is said.</summary>
public sealed class IlcdWriterTests
{
    private static LciDatabase Tile =>
        Assembled.Clean(IlcdReader.Read("test", IlcdFiles.Parts(IlcdFiles.Tile)));

    private static LciDatabase Cement =>
        Assembled.Clean(JsonLdReader.Read("test", JsonLdFiles.Parts(JsonLdFiles.Two)));

    private static (LciDatabase Database, IReadOnlyList<Finding> Said) Again(LciDatabase database)
    {
        using var zip = new MemoryStream();
        var said = IlcdWriter.Write(database, zip);
        using var package = LciPackage.Of("test.zip", zip.ToArray());
        return (Assembled.Clean(IlcdReader.Read(database.Name, package.Parts)), said);
    }

    private static List<(string, string)> Tables(LciDatabase database) =>
        [.. LciTables.Write(database).Select(t => (t.Kind, Encoding.UTF8.GetString(t.Bytes)))];

    /// <summary>Identifiers of the tile works are no UUIDs: what comes back is compared again.</summary>
    [Fact]
    public void What_the_format_gave_comes_back_the_same()
    {
        var (once, said) = Again(Tile);
        Assert.Equal(["lci.export.uuids"], said.Select(f => f.Code));
        Assert.Equal(TileWorks.Tile, Assembled.Score(once, "glazed tile, at plant", "climate"), 1e-12);
        var (twice, silent) = Again(once);
        Assert.Empty(silent);
        Assert.Equal(Tables(once), Tables(twice));
        Assert.Equal("2*gas", once.Processes.Single(p => p.Name == "glazed tile, at plant")
            .Exchanges[3].Formula);
    }

    /// <summary>Units as stated, formulas, providers, avoided products: beside the format.</summary>
    [Fact]
    public void What_openLCA_gave_keeps_amounts_units_providers_and_spreads()
    {
        var (again, said) = Again(Cement);
        var (before, after) = (Exchanges(Cement), Exchanges(again));
        Assert.Equal(before, after);
        Assert.Contains(before, e => e.Provider.Length > 0);
        Assert.Contains(before, e => e.IsAvoided);
        Assert.Contains("exchanges.defaultProvider", said.Single(f => f.Code == "lci.export.extended")
            .Args["what"], StringComparison.Ordinal);
        Assert.Equal(Cement.Categories[0].Factors.Select(f => (f.Value, f.Uncertainty)),
            again.Categories.Single(c => c.Name == Cement.Categories[0].Name).Factors
                .Select(f => (f.Value, f.Uncertainty)));
        Assert.Equal(Cement.Categories[0].Unit,
            again.Categories.Single(c => c.Name == Cement.Categories[0].Name).Unit);
    }

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public void The_us_lci_comes_back_exchange_by_exchange()
    {
        var path = Path.Combine(House.Repository.Root, "..", "shared", "data", "uslci-jsonld-v1.zip");
        Assert.SkipUnless(File.Exists(path), "skipped: ../shared/data/uslci-jsonld-v1.zip not present");
        using var package = LciPackage.Open(path);
        var database = Assembled.Clean(JsonLdReader.Read("US LCI", package.Parts));
        var (again, _) = Again(database);
        var (before, after) = (Exchanges(database), Exchanges(again));
        Assert.Equal(before.Count, after.Count);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Amounts_and_spreads_come_back_to_the_last_bit() => Gen.Select(
        Gen.Double.Where(d => double.IsFinite(d) && Math.Abs(d) is > 0 and < 1e300), Gen.Double[1.01, 50],
        Gen.Int[0, 4], Gen.Double[1e-9, 1e6]).Sample((amount, deviation, kind, wide) =>
        {
            var spread = kind switch
            {
                0 => Uncertainty.Lognormal(amount, Math.Log(deviation)),
                1 => Uncertainty.Normal(amount, wide),
                2 => Uncertainty.Uniform(-wide, wide),
                3 => Uncertainty.Triangular(-wide, 0, wide),
                _ => Uncertainty.Pert(-wide, 0, wide),
            };
            var database = Tile with
            {
                Processes = [.. Tile.Processes.Select(p => p with
                {
                    Exchanges = [.. p.Exchanges.Select(e => e with
                    {
                        Amount = amount, Uncertainty = spread, Formula = "",
                    })],
                })],
            };
            return Again(database).Database.Processes.SelectMany(p => p.Exchanges)
                .All(e => e.Amount == amount && e.Uncertainty == spread);
        }, iter: 30);

    /// <summary>Of 2 kg CO2 of a process the products bear thirds: more digits than the format has.</summary>
    [Fact]
    public void Shares_of_the_whole_process_become_shares_of_each_exchange()
    {
        var both = IlcdFiles.Process("both", IlcdFiles.Exchange(0, "tile", "Output", "1")
            + IlcdFiles.Exchange(1, "coal", "Output", "1") + IlcdFiles.Exchange(2, "CO2", "Output", "2"));
        var database = Assembled.Clean(IlcdReader.Read("test", IlcdFiles.Parts([.. IlcdFiles.Tile, both])));
        database = database with
        {
            Processes = [.. database.Processes.Select(p => p.Id != "both" ? p : p with
            {
                Allocation = AllocationRule.Economic,
                AllocationFactors = [new(AllocationRule.Economic, "tile", null, 1 / 3d, ""),
                    new(AllocationRule.Economic, "coal", null, 2 / 3d, "")],
            })],
        };
        var (again, said) = Again(database);
        Assert.Contains("allocation economic → causal", said[0].Args["what"], StringComparison.Ordinal);
        var process = again.Processes.Single(p => p.Name == "both, at plant");
        Assert.Equal([(3, 1 / 3d), (3, 2 / 3d)],
            process.AllocationFactors.Select(f => (f.Exchange!.Value, f.Value)));
    }

    [Fact]
    public void What_the_format_cannot_hold_is_named()
    {
        var said = IlcdWriter.Write(SmallDatabase.Make(1, Uncertainty.Pert(0, 1, 2)), new MemoryStream());
        var left = said.Single(f => f.Code == "lci.export.notHeld").Args["what"];
        foreach (var what in (string[])["currencies (1)", "parameters (1)", "locations (1)",
            "exchanges.costValue (1)", "lcia_methods.nwSets (1)",
            "lcia_methods.damageCategories (1)", "flows.cas (1)",
            "units.synonyms (3)", "flow_properties.flowPropertyType (1)", "impactFactors.formula (1)"])
            Assert.Contains(what, left, StringComparison.Ordinal);
        Assert.Contains("exchanges.avoidedProduct (1)", said.Single(f => f.Code == "lci.export.extended")
            .Args["what"], StringComparison.Ordinal);
    }

    /// <summary>Our own data sets say nothing that their reader has no place for.</summary>
    [Fact]
    public void Reading_our_own_data_sets_again_leaves_nothing_behind()
    {
        foreach (var database in (LciDatabase[])[Tile, Cement, Weighted])
        {
            using var zip = new MemoryStream();
            IlcdWriter.Write(database, zip);
            using var package = LciPackage.Of("test.zip", zip.ToArray());
            Assert.Empty(IlcdReader.Read("test", package.Parts).Findings
                .Where(f => f.Code == "formats.notCarried").Select(f => f.Args["what"]));
        }
    }

    private static LciDatabase Weighted => Again(Tile).Database with
    {
        Methods = [.. Again(Tile).Database.Methods.Select(m => m with
        {
            Damages = [new(Id(1), "Health", "DALY", [new(m.Categories[0], 1 / 3d)])],
            Weightings = [new(Id(2), "World 2010", "Pt",
                    [new(Id(1), 4, null), new(m.Categories[0], null, 3)]),
                new(Id(3), "Other", "", [new(m.Categories[0], 1e-9, 1 / 7d)])],
        })],
    };

    /// <summary>
    /// The database's parameters go with the processes that use them, and come back as the database's; one
    /// that nothing uses is counted. A copy that was changed in the file holds for its process.
    /// </summary>
    [Fact]
    public void Parameters_of_the_database_come_back()
    {
        var tile = Again(Tile).Database;
        tile = tile with
        {
            Parameters = [new(Id(7), "load", 4, "", Uncertainty.Normal(4, 0.5)),
                new(Id(8), "wide", 8, "2*load", default), new(Id(9), "idle", 1, "", default)],
            Processes = [.. tile.Processes.Select(p => p with
            {
                Exchanges = [.. p.Exchanges.Select(e => e.Formula.Length > 0 || e.Id == p.Reference ? e
                    : e with { Formula = "wide*0.5", Amount = 4 })],
            })],
        };
        var (again, said) = Again(tile);
        Assert.Equal(tile.Parameters.Take(2), again.Parameters);
        Assert.Equal(tile.Processes.SelectMany(p => p.Parameters),
            again.Processes.SelectMany(p => p.Parameters));
        Assert.Equal(Exchanges(tile).Select(e => e.Formula), Exchanges(again).Select(e => e.Formula));
        Assert.Equal("parameters (1)", said.Single(f => f.Code == "lci.export.notHeld").Args["what"]);
        Assert.Contains("parameters (2)", said.Single(f => f.Code == "lci.export.extended").Args["what"],
            StringComparison.Ordinal);
    }

    /// <summary>Product systems are life cycle models: who provides what, and what is asked for.</summary>
    [Fact]
    public void Product_systems_come_back()
    {
        var tile = Again(Tile).Database;
        LciProcess Named(string name) => tile.Processes.Single(p => p.Name.StartsWith(name,
            StringComparison.Ordinal));
        var (glazed, power, treatment) = (Named("glazed tile"), Named("power"), Named("treatment"));
        LciLink Link(LciProcess process, string flow, LciProcess provider)
        {
            var id = tile.Flows.Single(f => f.Name == flow).Id;
            return new(process.Id, process.Exchanges.Single(e => e.Flow == id).Id, provider.Id, id);
        }
        var made = glazed.Exchanges.Single(e => e.Id == glazed.Reference);
        tile = tile with
        {
            Systems = [new LciProductSystem
            {
                Id = Id(3), Name = "Tiles", Category = "A/B", Process = glazed.Id, Exchange = made.Id,
                Amount = 1 / 3d, Unit = made.Unit, Property = made.Property,
                Extra = """{"description":"all of it","version":"01.00.000"}""",
                Links = [Link(glazed, "sludge", treatment), Link(glazed, "electricity", power)],
            }],
        };
        var (again, said) = Again(tile);
        Assert.Equal(Tables(tile), Tables(again));
        Assert.DoesNotContain(said, f => f.Code == "lci.export.notHeld");
        using var zip = new MemoryStream();
        IlcdWriter.Write(tile, zip);
        using var package = LciPackage.Of("test.zip", zip.ToArray());
        // From another program: no attributes of ours, and a connection to nowhere.
        var plain = IlcdReader.Read("test", package.Parts.Select(part =>
        {
            using var reader = new StreamReader(part.Open());
            var text = reader.ReadToEnd();
            if (!part.Name.Contains("lifecyclemodels", StringComparison.Ordinal)) return part;
            text = System.Text.RegularExpressions.Regex.Replace(text, " own:[a-z]+=\"[^\"]*\"", "");
            return LciPart.Of(part.Name, Encoding.UTF8.GetBytes(text.Replace("<connections>",
                "<connections><outputExchange flowUUID=\"x\"><downstreamProcess id=\"99\"/></outputExchange>",
                StringComparison.Ordinal)));
        }));
        var system = Assembled.Clean(plain).Systems.Single();
        Assert.Equal(tile.Systems[0].Links.ToHashSet(), system.Links.ToHashSet());
        Assert.Equal((null, made.Amount, made.Unit), (system.Exchange, system.Amount, system.Unit));
        Assert.All(plain.Findings.Where(f => f.Code == "lci.link"), f => Assert.NotNull(f.Place?.File));
        Assert.Equal(2, plain.Findings.Count(f => f.Code == "lci.link"));
    }

    [Theory]
    [InlineData("2015-04-01", "2021-03-05T10:20:30.123Z")]
    [InlineData("2015-04-01T12:00:00+01:00", "2021-03-05T10:20:30")]
    public void When_things_were_made_and_changed_comes_back(string made, string changed)
    {
        var tile = Again(Tile).Database;
        string extra = $$"""{"version":"01.00.000","lastChange":"{{changed}}"}""";
        tile = tile with
        {
            UnitGroups = [.. tile.UnitGroups.Select(g => g with { Extra = extra })],
            FlowProperties = [.. tile.FlowProperties.Select(p => p with { Extra = extra })],
            Flows = [.. tile.Flows.Select(f => f with { Extra = extra })],
            Processes = [.. tile.Processes.Select(p => p with
            {
                Extra = extra[..^1] + $",\"processDocumentation\":{{\"creationDate\":\"{made}\"}}}}",
            })],
        };
        var (again, said) = Again(tile);
        Assert.Equal(Tables(tile), Tables(again));
        Assert.DoesNotContain(said, f => f.Code == "lci.export.notHeld");
    }

    private static string Id(int number) => $"00000000-0000-4000-8000-{number:D12}";

    [Fact]
    public void Damage_categories_and_sets_for_weighting_come_back_the_same()
    {
        Assert.NotEmpty(Weighted.Methods);
        var (again, said) = Again(Weighted);
        Assert.Equal(Tables(Weighted), Tables(again));
        Assert.Equal(["lci.export.extended"], said.Select(f => f.Code));
    }

    /// <summary>The format has years; one that was changed in the file outweighs the day beside.</summary>
    [Theory]
    [InlineData("2020-03-15", "2020-03-15")]
    [InlineData("2020-03-15T10:00:00Z", "2020-03-15T10:00:00Z")]
    [InlineData("2020-01-01", "2020-01-01")]
    public void Dates_come_back_to_the_day(string day, string back)
    {
        var database = Again(Tile).Database;
        var extra = $$$"""{"processDocumentation":{"validFrom":"{{{day}}}","validUntil":"2029-12-31"}}""";
        database = database with
        {
            Processes = [.. database.Processes.Select(p => p with { Extra = extra })],
        };
        Assert.All(Again(database).Database.Processes, p => Assert.Equal(
            $$$"""{"processDocumentation":{"validFrom":"{{{back}}}","validUntil":"2029-12-31"}}""", p.Extra));
        using var zip = new MemoryStream();
        IlcdWriter.Write(database, zip);
        using var package = LciPackage.Of("test.zip", zip.ToArray());
        var changed = package.Parts.Select(part =>
        {
            using var reader = new StreamReader(part.Open());
            return LciPart.Of(part.Name, Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace(
                "referenceYear>2020<", "referenceYear>2021<", StringComparison.Ordinal)));
        });
        Assert.All(Assembled.Clean(IlcdReader.Read("test", changed)).Processes, p => Assert.Contains(
            "\"validFrom\":\"2021-01-01\"", p.Extra, StringComparison.Ordinal));
    }

    /// <summary>A number that was changed in the file itself holds, not the attribute beside it.</summary>
    [Fact]
    public void The_number_of_the_format_outweighs_an_attribute_that_contradicts_it()
    {
        var file = IlcdFiles.Exchange(1, "electricity", "Input", "7.2").Replace("<exchange ",
            "<exchange unitId=\"kWh\" propertyId=\"energy\" amount=\"5\" defaultProvider=\"nobody\" ",
            StringComparison.Ordinal);
        var units = ("ILCD/unitgroups/energy-units.xml", IlcdFiles.Tile.Single(f =>
                f.Name == "ILCD/unitgroups/energy-units.xml").Text.Replace("dataSetInternalID=\"1\"",
            "dataSetInternalID=\"1\" unitId=\"kWh\"", StringComparison.Ordinal));
        LciReading Read(string exchange) => IlcdReader.Read("test", IlcdFiles.Parts([
            .. IlcdFiles.Tile.Where(f => f.Name != units.Item1), units,
            IlcdFiles.Process("one", IlcdFiles.Exchange(0, "tile", "Output", "1") + exchange)]));
        LciExchange One(string exchange) => Assembled.Clean(Read(exchange)).Processes
            .Single(p => p.Id == "one").Exchanges[1];
        Assert.Equal(7.2, One(file).Amount);
        Assert.Equal(("", 2d, "kWh"), (One(file).Provider,
            One(file.Replace("\"5\"", "\"2\"", StringComparison.Ordinal)).Amount,
            One(file.Replace("\"5\"", "\"2\"", StringComparison.Ordinal)).Unit));
        Assert.Contains("exchange@defaultProvider (1)", Read(file).Findings
            .Single(f => f.Code == "formats.notCarried").Args["what"], StringComparison.Ordinal);
    }

    /// <summary>The published schemas are not ours to carry; a folder of them may be named.</summary>
    [Fact]
    public void Data_sets_are_valid_against_the_published_schemas()
    {
        var folder = Environment.GetEnvironmentVariable("CELADON_ILCD_SCHEMAS") ?? "";
        Assert.SkipUnless(Directory.Exists(folder),
            "skipped: CELADON_ILCD_SCHEMAS names no folder with the schemas of ILCD 1.1");
        var spread = Uncertainty.Normal(1, 2);
        foreach (var database in (LciDatabase[])[Tile, Cement, SmallDatabase.Make(1, spread)])
        {
            using var zip = new MemoryStream();
            IlcdWriter.Write(database, zip);
            using var archive = new ZipArchive(zip);
            Assert.All(archive.Entries, e => Assert.True(Faults(e, folder) is [],
                string.Join('\n', Faults(e, folder))));
        }
    }

    private static List<string> Faults(ZipArchiveEntry entry, string folder)
    {
        using var stream = entry.Open();
        var document = XDocument.Load(stream);
        var kind = document.Root!.Name.LocalName;
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add("http://www.w3.org/XML/1998/namespace", XmlReader.Create(new StringReader("""
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
              targetNamespace="http://www.w3.org/XML/1998/namespace">
              <xs:attribute name="lang" type="xs:language"/></xs:schema>
            """)));
        schemas.Add(null, Path.Combine(folder, $"ILCD_{char.ToUpperInvariant(kind[0])}{kind[1..]}.xsd"));
        var faults = new List<string>();
        document.Validate(schemas, (_, fault) => faults.Add($"{entry.FullName}: {fault.Message}"));
        return faults;
    }

    /// <summary>Everything of the exchanges but identifiers and what stood beside them.</summary>
    private static List<LciExchange> Exchanges(LciDatabase database)
    {
        var places = database.Locations.ToDictionary(l => l.Id, l => l.Code.Length > 0 ? l.Code : l.Name);
        var ids = new LciIdentifiers("ilcd", id => Guid.TryParse(id, out var guid) && guid.ToString() == id);
        return [.. ids.Within(database).Processes.OrderBy(p => p.Id, StringComparer.Ordinal)
            .SelectMany(p => p.Exchanges.Select(e => e with
            {
                Location = e.Location.Length == 0 ? "" : places.GetValueOrDefault(e.Location, e.Location),
                Extra = "", Cost = null, Currency = "", Formula = e.Formula.Trim(),
            }))];
    }
}
