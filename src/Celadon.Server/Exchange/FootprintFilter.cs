using Celadon.Lenses.Products;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Exchange;

/// <summary>
/// The filters of a list of footprints: values of one parameter are alternatives, parameters narrow each
/// other. A value that nothing has gives an empty list.
/// </summary>
internal sealed class FootprintFilter(IQueryCollection query)
{
    /// <summary>True when no time among the parameters is malformed.</summary>
    public bool IsReadable { get; } = ((string[])["validOn", "validAfter", "validBefore"])
        .SelectMany(name => query[name]).All(text => Time(text) is not null);

    public bool Lets(ProductFootprintStatement s)
    {
        var pcf = s.Pcf;
        return Any("productId", v => s.ProductIds.Contains(v))
            && Any("companyId", v => s.CompanyIds.Contains(v))
            && Any("classification", v => s.Classifications.Contains(v))
            && Any("geography", v => v == pcf.Country || v == pcf.Subdivision || v == pcf.Region)
            && Any("status", v => v == s.Status.ToString())
            && Any("validOn", v => Time(v) is { } t && s.CountsFrom <= t && t <= s.CountsUntil)
            && Any("validAfter", v => Time(v) is { } t && s.CountsFrom > t)
            && Any("validBefore", v => Time(v) is { } t && s.CountsUntil < t);
    }

    private bool Any(string name, Func<string, bool> holds)
    {
        var values = query[name];
        // An empty value is one that nothing has; it does not widen the list.
        return values.Count == 0 || values.Any(v => v is not null && holds(v));
    }

    private static Instant? Time(string? text) => OffsetDateTimePattern.Rfc3339.Parse(text ?? "") is
        { Success: true } time ? time.Value.ToInstant() : null;
}
