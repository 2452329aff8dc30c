using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Writes a database as a zip of ILCD data sets (format 1.1): unit groups, flow properties, flows, processes,
/// life cycle models, impact methods, sources and contacts. Amounts are in the reference unit of each flow,
/// as the format has it; the unit as stated, providers and numbers of more digits than the format allows
/// stand beside them in attributes of extensions, from which our reader gives back the same. What is left out
/// is said by name.
/// </summary>
public static partial class IlcdWriter
{
    /// <summary>What the format is called in findings.</summary>
    public const string Format = "ILCD";

    /// <summary>Writes a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="to">Where the zip goes.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <returns>
    /// lci.export.notHeld: what the format has no place for; lci.export.extended: what stands in extensions
    /// alone; lci.export.uuids: identifiers that are no UUIDs and what became of them.
    /// </returns>
    public static IReadOnlyList<Finding> Write(LciDatabase database, Stream to,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(to);
        var (left, beside) = (new LciNotHeld(), new LciNotHeld());
        var ids = new LciIdentifiers("ilcd", id => Uuid().IsMatch(id));
        var within = ids.Within(database);
        var words = new IlcdWords(left);
        using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Put(string folder, string id, XElement root)
            {
                cancel.ThrowIfCancellationRequested();
                var entry = zip.CreateEntry($"ILCD/{folder}/{id}.xml", CompressionLevel.Optimal);
                entry.LastWriteTime = Zips.Always;
                using var stream = entry.Open();
                using var xml = XmlWriter.Create(stream, Written);
                new XDocument(root).Save(xml);
            }
            var parts = new IlcdPartSets(within, words, left);
            foreach (var (folder, id, root) in parts.All(ids.Of)) Put(folder, id, root);
            var processes = new IlcdProcessSets(within, words, left, beside);
            foreach (var process in within.Processes)
                Put("processes", process.Id, processes.Of(process));
            processes.CountParameters();
            var models = new IlcdModelSets(within, words, left, beside);
            foreach (var (folder, id, root) in models.All()) Put(folder, id, root);
            var methods = new IlcdMethodSets(within, words, left, beside);
            foreach (var (folder, id, root) in methods.All()) Put(folder, id, root);
        }
        return Findings(left, beside, ids.Replaced);
    }

    private static List<Finding> Findings(LciNotHeld left, LciNotHeld beside, int replaced)
    {
        var findings = new List<Finding>();
        if (!left.IsEmpty)
            findings.Add(Finding.Of("lci.export.notHeld", Severity.Warning, null, ("format", Format),
                ("count", left.Count), ("what", left.ToString())));
        if (!beside.IsEmpty)
            findings.Add(Finding.Of("lci.export.extended", Severity.Info, null, ("format", Format),
                ("count", beside.Count), ("what", beside.ToString())));
        if (replaced > 0)
            findings.Add(Finding.Of("lci.export.uuids", Severity.Info, null, ("count", replaced)));
        return findings;
    }

    private static XmlWriterSettings Written => new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        // A carriage return inside a text would be read as the end of a line.
        NewLineHandling = NewLineHandling.Entitize,
        NewLineChars = "\n",
    };

    /// <summary>As the format's type UUID has it: lower case.</summary>
    [GeneratedRegex("^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
