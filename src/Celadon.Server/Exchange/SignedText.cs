using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Celadon.Server.Exchange;

/// <summary>What a signed text says.</summary>
/// <param name="Use">"token" or "cursor"; one never passes for the other.</param>
/// <param name="Audience">Id of the workspace.</param>
/// <param name="Customer">Whom it was given.</param>
/// <param name="Until">Unix seconds after which it is worth nothing.</param>
/// <param name="Query">Of a cursor: hash of the filters of the list; of a token: for which secret.</param>
/// <param name="After">Of a cursor: the place of the last one that was given before it.</param>
internal sealed record Ticket(
    string Use, string Audience, string Customer, long Until, string Query = "", string After = "");

/// <summary>
/// Tokens and cursors that the server gives out and keeps no list of: the text and its HMAC-SHA256 under a
/// key of this run. After a restart clients fetch a new token.
/// </summary>
internal sealed class SignedText(byte[] key)
{
    private const int Longest = 4096;

    public string Write(Ticket ticket)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(ticket);
        return $"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, body))}";
    }

    /// <summary>What a text says that carries our signature; null for any other.</summary>
    public Ticket? Read(string? text)
    {
        if (text is null || text.Length > Longest || text.Split('.') is not [var body, var mac]) return null;
        if (!Base64Url.IsValid(body) || !Base64Url.IsValid(mac)) return null;
        var bytes = Base64Url.DecodeFromChars(body);
        return CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(key, bytes), Base64Url.DecodeFromChars(mac))
            ? JsonSerializer.Deserialize<Ticket>(bytes) : null;
    }

    /// <summary>
    /// What a text says of itself, whoever signed it: good to say why it is refused, and for nothing else.
    /// </summary>
    public static Ticket? Claimed(string text)
    {
        if (text.Length > Longest || text.Split('.') is not [var body, _] || !Base64Url.IsValid(body))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Ticket>(Base64Url.DecodeFromChars(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
