using System.IO.Compression;
using System.Text;
using Celadon.Packs.Lci;
using Celadon.Store.Export.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>The tile works of <see cref="TileWorks"/> in our own template.</summary>
internal static class TemplateFiles
{
    /// <summary>Sheets as CSV; units, decimal commas and names as people write them.</summary>
    public static readonly (string Name, string Text)[] Tile =
    [
        ("units.csv", "unit,amount,of\npallet,480,kg\n"),
        ("flows.csv", """
            name,kind,unit,also,category,synonyms
            tile,product,kg,0.05 m2,,glazed tile|瓷砖
            electricity,,kWh,,,
            coal,product,t,,,
            sludge,waste,kg,,,
            CO2,elementary,kg,,air,
            CH4,elementary,kg,,air,
            """),
        ("processes.csv", """
            name,location,description,allocation
            glazed tile,GB,"fires, glazes",physical
            power,GB,,
            coal mine,GB,,
            sludge treatment,,,
            """),
        ("exchanges.csv", """
            process,flow,direction,amount,unit,reference,provider,formula,uncertainty,a,b
            glazed tile,tile,output,1,,yes,,,,,
            glazed tile,electricity,input,7.2,MJ,,power,,lognormal,,0.1
            glazed tile,sludge,output,100,g,,,,,,
            glazed tile,CO2,output,0.5,,,,gas*2,,,
            power,electricity,output,1,kWh,,,,,,
            power,coal,input,0.05,kg,,coal mine,,,,
            power,CO2,output,0.4,,,,,,,
            coal mine,coal,output,1,t,,,,,,
            coal mine,electricity,input,10,kWh,,,,,,
            coal mine,CO2,output,20,,,,,,,
            sludge treatment,sludge,input,1,kg,,,,,,
            sludge treatment,CO2,output,0.2,,,,,,,
            sludge treatment,CH4,output,3,g,,,,,,
            """),
        ("parameters.csv", "owner,name,value,formula\nglazed tile,gas,0.25,\n,wide,3,1+2\n"),
        ("allocation.csv", "process,rule,product,exchange,share\nglazed tile,physical,tile,,1\n"),
        ("categories.csv", "name,unit,methods\nclimate,kg CO2 eq,Method\n"),
        ("factors.csv", "category,flow,value\nclimate,CO2,1\nclimate,CH4,30\n"),
    ];

    /// <summary>The files as parts.</summary>
    public static LciPart[] Parts(params IEnumerable<(string Name, string Text)> files) =>
        [.. files.Select(f => LciPart.Of(f.Name, Encoding.UTF8.GetBytes(f.Text)))];

    /// <summary>The sheets with a piece of one replaced.</summary>
    public static LciPart[] With(string file, string from, string to)
    {
        Assert.Contains(from, Tile.Single(f => f.Name == file).Text, StringComparison.Ordinal);
        return Parts(Tile.Select(f => f.Name == file
            ? (f.Name, f.Text.Replace(from, to, StringComparison.Ordinal)) : f));
    }

    /// <summary>A database written in the template, as the parts of what was written.</summary>
    public static (LciPart[] Parts, IReadOnlyList<Finding> Said) Written(LciDatabase database, bool asBook)
    {
        using var bytes = new MemoryStream();
        var said = TemplateWriter.Write(database, asBook, bytes, Catalogue.English);
        if (asBook) return ([LciPart.Of("book.xlsx", bytes.ToArray())], said);
        using var archive = new ZipArchive(bytes, ZipArchiveMode.Read);
        return ([.. archive.Entries.Select(e =>
        {
            using var stream = e.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return LciPart.Of(e.FullName, copy.ToArray());
        })], said);
    }
}
