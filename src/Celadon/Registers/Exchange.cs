using NodaTime;
using NodaTime.Text;

namespace Celadon.Registers;

/// <summary>
/// A customer that may fetch footprint statements from the exchange. Its id is the client id it shows.
/// </summary>
public sealed record Customer : RegisterItem
{
    /// <summary>
    /// The secret it shows, as iterations, salt and key of PBKDF2 with SHA-256: "100000.salt.key" in
    /// lower-case hex. The secret itself is said once and kept nowhere.
    /// </summary>
    public required string SecretHash { get; init; }
}

/// <summary>A footprint statement that is kept: an own one, or one received from a supplier.</summary>
public sealed record KeptStatement : RegisterItem
{
    /// <summary>Hash of the file, which lies with the evidence.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Id of the supplier it came from; null for an own one.</summary>
    public string? Supplier { get; init; }
}

/// <summary>Which customer may have the statements of which product, from when to when, on what ground.
/// </summary>
public sealed record Consent : RegisterItem
{
    /// <summary>Id of the customer.</summary>
    public required string Customer { get; init; }

    /// <summary>Identifier of the product, a URN that its statements name.</summary>
    public required string Product { get; init; }

    /// <summary>First day, "2026-01-01".</summary>
    public required string From { get; init; }

    /// <summary>Last day; null until it is taken back.</summary>
    public string? To { get; init; }

    /// <summary>What it rests on: a contract, a request, a decision.</summary>
    public required string Ground { get; init; }

    /// <summary>True on a day of it; days are those of UTC.</summary>
    public bool IsInForce(Instant now)
    {
        var today = LocalDatePattern.Iso.Format(now.InUtc().Date);
        return string.CompareOrdinal(From, today) <= 0
            && (To is null || string.CompareOrdinal(today, To) <= 0);
    }
}
