using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Import.Lci;

/// <summary>What the pack of an imported database says of it.</summary>
/// <param name="Id">Id of the pack: small letters, digits, "-" and ".".</param>
/// <param name="Licence">SPDX id or name of the licence.</param>
/// <param name="Title">Its title.</param>
/// <param name="Source">Where it comes from, as a citation.</param>
/// <param name="Edition">Which edition; null for one named after the content.</param>
/// <param name="SourceSha256">SHA-256 of the received file; null for a folder.</param>
/// <param name="LeftOut">What was left out, in words; null where the database is whole.</param>
public sealed record LciPackWords(string Id, string Licence, string Title, string Source,
    string? Edition = null, string? SourceSha256 = null, string? LeftOut = null);

/// <summary>An imported database as a pack in memory, ready to be taken into use.</summary>
public sealed class LciPack : IPackSource
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _id;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private LciPack(string id) => _id = id;

    /// <inheritdoc/>
    public IReadOnlyList<string> Packs => [_id];

    /// <inheritdoc/>
    public byte[]? Read(string pack, string file) => pack == _id ? _files.GetValueOrDefault(file) : null;

    /// <summary>The pack of a database.</summary>
    /// <exception cref="RefusedException">lci.id: the id is none; lci.licence: no licence.</exception>
    public static LciPack Of(LciDatabase database, LciPackWords words)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(words);
        if (words.Id.Length is 0 or > 80 || !char.IsAsciiLetterLower(words.Id[0])
            || !words.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
            || words.Id.Contains("..", StringComparison.Ordinal))
            throw RefusedException.Of("lci.id", ("id", words.Id));
        if (string.IsNullOrWhiteSpace(words.Licence)) throw RefusedException.Of("lci.licence");
        var pack = new LciPack(words.Id);
        var tables = new JsonArray();
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, kind, rows, bytes) in LciTables.Write(database))
        {
            pack._files.Add(file, bytes);
            var sha256 = SHA256.HashData(bytes);
            content.AppendData(sha256);
            tables.Add(new JsonObject
            {
                ["file"] = file,
                ["kind"] = kind,
                ["rows"] = rows,
                ["sha256"] = Convert.ToHexStringLower(sha256),
            });
        }
        var edition = words.Edition ?? Convert.ToHexStringLower(content.GetHashAndReset())[..12];
        pack._files.Add("pack.json", JsonSerializer.SerializeToUtf8Bytes(
            Manifest(words, edition, tables), Json));
        return pack;
    }

    private static JsonObject Manifest(LciPackWords words, string edition, JsonArray tables) => new()
    {
        ["format"] = "celadon-pack/1",
        ["id"] = words.Id,
        ["edition"] = edition,
        ["title"] = new JsonObject { ["en"] = words.Title, ["zh"] = words.Title },
        ["publisher"] = words.Source,
        ["published"] = "",
        ["licence"] = new JsonObject { ["id"] = words.Licence, ["name"] = words.Licence },
        ["source"] = words.Source,
        ["sourceSha256"] = words.SourceSha256,
        ["complete"] = words.LeftOut is null,
        ["completeness"] = words.LeftOut ?? "",
        ["applies"] = new JsonObject { ["by"] = "none" },
        ["tables"] = tables,
    };
}
