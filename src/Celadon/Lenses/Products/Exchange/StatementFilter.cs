using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// The filters of a list of footprints (PACT technical specification v3): values of one filter are
/// alternatives, filters narrow each other. A value that nothing has lets nothing through.
/// </summary>
/// <param name="values">The values of a filter by its name; empty where it is not used.</param>
public sealed class StatementFilter(Func<string, IReadOnlyList<string?>> values)
{
    /// <summary>The filters there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["productId", "companyId", "geography",
        "classification", "status", "validOn", "validAfter", "validBefore"];

    /// <summary>True when no time among the values is malformed.</summary>
    public bool IsReadable { get; } = ((string[])["validOn", "validAfter", "validBefore"])
        .SelectMany(values).All(text => Time(text) is not null);

    /// <summary>True when a statement passes every filter.</summary>
    public bool Lets(ProductFootprintStatement statement)
    {
        var (s, pcf) = (statement, statement.Pcf);
        return Any("productId", v => s.ProductIds.Contains(v))
            && Any("companyId", v => s.CompanyIds.Contains(v))
            && Any("classification", v => s.Classifications.Contains(v))
            && Any("geography", v => v == pcf.Country || v == pcf.Subdivision || v == pcf.Region)
            && Any("status", v => v.Equals(s.Status.ToString(), StringComparison.OrdinalIgnoreCase))
            && Any("validOn", v => Time(v) is { } t && s.CountsFrom <= t && t <= s.CountsUntil)
            && Any("validAfter", v => Time(v) is { } t && s.CountsFrom > t)
            && Any("validBefore", v => Time(v) is { } t && s.CountsUntil < t);
    }

    private bool Any(string name, Func<string, bool> holds)
    {
        var wanted = values(name);
        // An empty value is one that nothing has; it does not widen the list.
        return wanted.Count == 0 || wanted.Any(v => v is not null && holds(v));
    }

    /// <summary>To the second or finer (RFC 3339), or to the minute as the specification's example.</summary>
    private static Instant? Time(string? text) =>
        OffsetDateTimePattern.Rfc3339.Parse(text ?? "") is { Success: true } time ? time.Value.ToInstant()
            : Minute.Parse(text ?? "") is { Success: true } minute ? minute.Value.ToInstant() : null;

    private static readonly OffsetDateTimePattern Minute =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>");
}
