using Celadon.Store.Import.Lci.EcoSpold;
using Celadon.Store.Import.Lci.Ilcd;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.SimaPro;
using Celadon.Store.Import.Lci.Template;
using Celadon.Text;

namespace Celadon.Store.Import.Lci;

/// <summary>Tells the formats of databases apart and reads with the right reader.</summary>
public static class LciFormats
{
    /// <summary>Bytes of a file that tell its format.</summary>
    private const int Beginning = 1024;

    /// <summary>Reads a package in the format that its first recognised file has.</summary>
    /// <exception cref="RefusedException">lci.format: no reader knows any of the files.</exception>
    public static LciReading Read(string name, LciPackage package, Action? step = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        if (package.Parts.Any(p => JsonLdReader.Recognises(p.Name)))
            return JsonLdReader.Read(name, package.Parts, null, step, cancel);
        foreach (var part in package.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            var start = Start(part);
            if (SpoldReader.Recognises(part.Name, start))
                return SpoldReader.Read(name, package.Parts, null, step, cancel);
            if (IlcdReader.Recognises(part.Name, start))
                return IlcdReader.Read(name, package.Parts, null, step, cancel);
            if (SimaReader.Recognises(start))
                return SimaReader.Read(name, package.Parts, null, step, cancel);
            if (TemplateReader.Recognises(part.Name))
                return TemplateReader.Read(name, package.Parts, null, cancel);
        }
        throw RefusedException.Of("lci.format", ("file", name));
    }

    /// <summary>The first bytes of an XML or text file; of others the name says enough.</summary>
    private static byte[] Start(LciPart part)
    {
        if (Path.GetExtension(part.Name).ToLowerInvariant() is not (".xml" or ".csv" or ".txt")) return [];
        using var stream = part.Open();
        var bytes = new byte[Beginning];
        return bytes[..stream.ReadAtLeast(bytes, Beginning, throwOnEndOfStream: false)];
    }
}
