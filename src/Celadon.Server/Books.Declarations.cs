using System.Text.Json;
using Celadon.Store.Declarations;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>A declaration that was read from a file.</summary>
/// <param name="Token">Its address.</param>
/// <param name="File">Name of the file.</param>
/// <param name="Spec">The declaration as a spec; null where the file is none.</param>
/// <param name="Findings">What was found: what could not be carried, and where it stands.</param>
public sealed record StagedDeclaration(string Token, string File, string? Spec,
    IReadOnlyList<Finding> Findings);

public sealed partial class Books
{
    private const int MostDeclarations = 8;
    private readonly List<StagedDeclaration> _declarations = [];

    /// <summary>
    /// Reads an ILCD+EPD file without recording anything; what was found is kept for the last few files.
    /// </summary>
    /// <exception cref="RefusedException">declaration.size: the file is larger than one is read.</exception>
    public StagedDeclaration ReadDeclaration(SourceFile file)
    {
        if (file.Bytes.Length > EpdReader.MostBytes)
            throw RefusedException.Of("declaration.size", ("bytes", file.Bytes.Length),
                ("most", EpdReader.MostBytes));
        var read = EpdReader.Read(file.Name, file.Bytes.ToArray(), Library);
        var staged = new StagedDeclaration(ServeOptions.NewSecret()[..32], file.Name, read.Spec is { } spec
            ? JsonSerializer.Serialize(spec, Lenses.Question.Json) : null, read.Findings);
        lock (_staging)
        {
            _declarations.Add(staged);
            if (_declarations.Count > MostDeclarations) _declarations.RemoveAt(0);
        }
        return staged;
    }

    /// <summary>A declaration that was read; null when it was pushed out.</summary>
    public StagedDeclaration? DeclarationBy(string token)
    {
        lock (_staging) return _declarations.Find(s => s.Token == token);
    }
}
