using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Exchange;

/// <summary>What was fetched.</summary>
/// <param name="Found">How many statements the supplier gave.</param>
/// <param name="New">How many of them were not kept before.</param>
/// <param name="Findings">What is wrong with some.</param>
internal sealed record Fetched(int Found, int New, IReadOnlyList<Finding> Findings);

/// <summary>
/// Fetches statements from a supplier's exchange: the list, page after page, or one; keeps each as it came.
/// </summary>
/// <param name="footprints">Where they are kept.</param>
/// <param name="letters">Where suppliers are.</param>
/// <param name="wire">What leads there.</param>
/// <param name="most">The longest list that is read, in bytes of all its pages: each may be short.</param>
internal sealed partial class FootprintFetch(
    Footprints footprints, Correspondence letters, PeerWire wire, long most = 256L * 1024 * 1024)
{
    private const int MostPages = 500, Deepest = 48;

    /// <summary>Fetches what the filters let through.</summary>
    /// <param name="supplier">Id of the supplier.</param>
    /// <param name="filters">Names of the specification with a value each; a name may come again.</param>
    /// <param name="cancel">Stops between two pages; what was read is not kept then.</param>
    /// <exception cref="RefusedException">
    /// footprint.supplier, exchange.noPeer, exchange.answer: no list of footprints; exchange.answerSize: a
    /// list that is too long; and those of the client.
    /// </exception>
    public async Task<Fetched> List(
        string supplier, IReadOnlyList<(string Name, string Value)> filters, CancellationToken cancel)
    {
        var client = ClientOf(supplier);
        var query = string.Join('&', filters.Select(f =>
            $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
        var next = new UriBuilder(client.At("/3/footprints")) { Query = query }.Uri;
        var (statements, seen, isPartial, length) = (new List<byte[]>(), new HashSet<Uri>(), false, 0L);
        while (next is not null && seen.Add(next))
        {
            if (seen.Count > MostPages)
                throw RefusedException.Of("exchange.answer", ("host", next.Authority));
            var answer = await client.Get(next, cancel);
            isPartial |= answer.Status == 202;
            if ((length += answer.Body.Length) > most) throw RefusedException.Of("exchange.answerSize",
                ("host", next.Authority), ("most", most));
            statements.AddRange(Data(answer, next, JsonValueKind.Array));
            next = Next(answer, next);
        }
        var taken = Keep(supplier, statements);
        return !isPartial ? taken : taken with
        {
            Findings = [.. taken.Findings, Finding.Of("exchange.partial", Severity.Warning, null,
                ("supplier", supplier))],
        };
    }

    /// <summary>Fetches one by its id.</summary>
    /// <exception cref="RefusedException">As of <see cref="List"/>.</exception>
    public async Task<Fetched> One(string supplier, Guid id, CancellationToken cancel)
    {
        var client = ClientOf(supplier);
        var at = client.At($"/3/footprints/{id}");
        return Keep(supplier, Data(await client.Get(at, cancel), at, JsonValueKind.Object));
    }

    private PeerClient ClientOf(string supplier)
    {
        if (footprints.Workspace.Registers().Find<Registers.Supplier>(supplier) is null)
            throw RefusedException.Of("footprint.supplier", ("supplier", supplier));
        var (peer, secret) = letters.Known(supplier);
        return new PeerClient(wire, peer, secret);
    }

    private Fetched Keep(string supplier, List<byte[]> statements)
    {
        var (fresh, findings) = footprints.Take(supplier, statements);
        return new Fetched(statements.Count, fresh, findings);
    }

    private static List<byte[]> Data(PeerAnswer answer, Uri at, JsonValueKind kind)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = Deepest });
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == kind)
                return [.. (kind == JsonValueKind.Array ? data.EnumerateArray().AsEnumerable() : [data])
                    .Select(s => Encoding.UTF8.GetBytes(s.GetRawText()))];
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw RefusedException.Of("exchange.answer", ("host", at.Authority));
    }

    /// <summary>Where the answer says that the next page is; null at the end.</summary>
    private static Uri? Next(PeerAnswer answer, Uri at)
    {
        foreach (Match link in answer.Links.SelectMany(l => Link().Matches(l)))
            if (Rel().IsMatch(link.Groups[2].Value))
                return Uri.TryCreate(at, link.Groups[1].Value, out var next) ? next
                    : throw RefusedException.Of("exchange.answer", ("host", at.Authority));
        return null;
    }

    [GeneratedRegex(@"<([^>]{1,8000})>([^<]*)")]
    private static partial Regex Link();

    [GeneratedRegex(@";\s*rel\s*=\s*""?next""?\s*(;|,|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Rel();
}
