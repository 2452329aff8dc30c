namespace LongquanStoke;

/// <summary>A line of the account: quantity × factor.</summary>
public sealed record Line(
    string Scope, string Category, string Site, string Name, decimal Quantity, string Unit, Factor Factor,
    string Note)
{
    /// <summary>kg CO2e.</summary>
    public decimal Kilograms => Quantity * Factor.Value;
}

/// <summary>Something that happened and is in no total, with the reason.</summary>
/// <param name="Kind">"no-factor", "question" or "unknown".</param>
/// <param name="Category">Where it would stand.</param>
/// <param name="Site">The site.</param>
/// <param name="Name">What.</param>
/// <param name="Quantity">How much, in words with units, as far as it is known.</param>
/// <param name="Reason">Why it is not counted.</param>
public sealed record OpenItem(
    string Kind, string Category, string Site, string Name, string Quantity, string Reason);

/// <summary>
/// The account of a span of months and some sites by the GHG Protocol, reckoned from what the generator
/// knows: an independent answer to hold the product's against.
/// </summary>
public sealed class Account
{
    private readonly Works _works;

    /// <summary>Reckons the account of the days from first to last, both included.</summary>
    public Account(Works works, DateOnly first, DateOnly last, params string[] sites)
    {
        (_works, First, Last) = (works, first, last);
        if (sites.Contains("stoke")) new StokeAccount(this).Reckon();
        if (sites.Contains("longquan")) new LongquanAccount(this).Reckon();
    }

    /// <summary>First day.</summary>
    public DateOnly First { get; }

    /// <summary>Last day.</summary>
    public DateOnly Last { get; }

    /// <summary>The lines.</summary>
    public List<Line> Lines { get; } = [];

    /// <summary>What is in no total.</summary>
    public List<OpenItem> Open { get; } = [];

    /// <summary>What the generator knows.</summary>
    public Works Works => _works;

    /// <summary>Rows of activity that begin in the span.</summary>
    public IEnumerable<Activity> Rows => _works.Activities.Where(a => a.First >= First && a.First <= Last);

    /// <summary>The months of the span.</summary>
    public IEnumerable<Month> Months => ReportingYear.Months.Where(m => m.First >= First && m.Last <= Last);

    /// <summary>Sum of the lines of a scope: "1", "2-location", "2-market", "3".</summary>
    public decimal Total(string scope, string? site = null) =>
        Lines.Where(l => l.Scope == scope && (site is null || l.Site == site)).Sum(l => l.Kilograms);

    /// <summary>Adds a line unless nothing moved.</summary>
    public void Add(
        string scope, string category, string site, string name, decimal quantity, string unit, Factor factor,
        string note = "")
    {
        if (quantity != 0m) Lines.Add(new Line(scope, category, site, name, quantity, unit, factor, note));
    }

    /// <summary>Adds something that is in no total, if there is any of it.</summary>
    public void Leave(
        string kind, string category, string site, string name, decimal quantity, string unit, string reason)
    {
        if (quantity != 0m)
            Open.Add(new OpenItem(kind, category, site, name, $"{Numbers.Text(quantity)} {unit}", reason));
    }
}
