using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using NodaTime;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// What bills, output tables and month tables share: the site, its zone, and how an entry is written.
/// </summary>
internal sealed class EntrySheet
{
    private const int RankSite = 2, RankStock = 6;

    private readonly SheetJob _job;
    private readonly Lazy<Site?> _site;
    private readonly Dictionary<string, Stock?> _stocks = new(StringComparer.Ordinal);

    public EntrySheet(SheetJob job)
    {
        _job = job;
        _site = new(() => MeterNames.SiteOf(job) ?? AskSite());
        SheetMeter = job.Find("meter") is null ? MeterNames.Registered(job.Plan, job.Default("meter")) : null;
    }

    /// <summary>
    /// The site the sheet is about, or null. Asked for only where a row does not say itself where it belongs.
    /// </summary>
    public Site? Site => _site.Value;

    /// <summary>The meter the title or map names for the whole sheet.</summary>
    public Meter? SheetMeter { get; }

    /// <summary>The zone of the site, of the only site, or null: dates as written.</summary>
    public DateTimeZone? Zone(Meter? meter)
    {
        var site = meter is null ? null : _job.Plan.Registers.Find<Site>(meter.Site);
        site ??= Site;
        if (site is not null && SiteZone.Find(site.Zone) is { } zone) return zone.Zone;
        var clock = SheetQuestions.Clock(_job, meter, [], allStated: false);
        return clock.Zone == DateTimeZone.Utc ? null : clock.Zone;
    }

    /// <summary>With several sites and none named, only a person can say.</summary>
    private Site? AskSite()
    {
        var sites = _job.Plan.Registers.Of<Site>().ToArray();
        if (sites.Length < 2) return null;
        if (_job.Find("meter") is { } column
            && MeterNames.SiteOfMeterName(sites, column.First) is { } site) return site;
        var answer = _job.Plan.Ask(_job.QuestionId("site"), "site", RankSite, _job.Place,
            sites.Select(s => new Choice(s.Id, null)), sites[0].Id, "");
        return Array.Find(sites, s => s.Id == answer);
    }

    /// <summary>Who the title, the map or the row says supplied it.</summary>
    public string? SupplierOf(int row)
    {
        if (_job.Text(row, _job.Find("supplier")) is { } named) return SupplierId(named);
        if (_job.Default("supplier") is { } stated) return SupplierId(stated);
        return _job.Plan.Registers.Of<Supplier>().FirstOrDefault(s =>
            MeterNames.Names(_job.Table.Title, s.Name.En)
            || MeterNames.Names(_job.Table.Title, s.Name.Zh))?.Id;
    }

    /// <summary>The meter a row names, or the sheet's.</summary>
    public (Meter? Meter, string? Named) MeterOf(int row)
    {
        var named = _job.Text(row, _job.Find("meter"));
        return named is null ? (SheetMeter, _job.Default("meter"))
            : (MeterNames.Registered(_job.Plan, named), named);
    }

    /// <summary>
    /// Where a resource comes from and goes, as the map, the meter, the row's supplier or the pipe says.
    /// </summary>
    public (Node From, Node To) Ends(Meter? meter, string resource, string? supplier)
    {
        var defaults = _job.Map?.Defaults;
        if (meter is not null && meter.Resource == resource) return (meter.FromNode, meter.ToNode);
        var from = defaults?.GetValueOrDefault("from") ?? Source(resource, supplier);
        var to = defaults?.GetValueOrDefault("to") ?? Sink(resource);
        return (Node.Parse(from), Node.Parse(to));
    }

    private string Source(string resource, string? supplier)
    {
        var source = Flows.SourceOf(resource, Site);
        return source == "supplier" && supplier is not null ? "supplier:" + SupplierId(supplier) : source;
    }

    private string SupplierId(string name) => _job.Plan.Registers.Of<Supplier>().FirstOrDefault(s =>
        s.Id == name || s.Name.En == name || s.Name.Zh == name)?.Id ?? MeterNames.Slug(name);

    /// <summary>
    /// Piped things reach the site; what is delivered goes into its stock, registered or not.
    /// </summary>
    private string Sink(string resource)
    {
        var site = Site is null ? "site" : "site:" + Site.Id;
        if (Flows.IsPiped(resource)) return site;
        return StockNode(StockOf(resource), resource);
    }

    /// <summary>A stock as a place; one that is not registered is named by site and content.</summary>
    public string StockNode(Stock? stock, string resource) => stock is not null ? "stock:" + stock.Id
        : Site is null ? "stock:" + resource : $"stock:{Site.Id}/{resource}";

    /// <summary>
    /// The stock that output of a resource goes into: the one whose register names its producer, else the
    /// only one; which of several, only a person can say.
    /// </summary>
    public Stock? OutputStockOf(string resource)
    {
        var made = StocksOf(resource).Where(s => s.Producer is not null).Take(2).ToArray();
        return made is [var only] ? only : StockOf(resource);
    }

    /// <summary>The one stock of a resource at the site; which of several is asked, the site first.</summary>
    private Stock? StockOf(string resource)
    {
        if (_stocks.TryGetValue(resource, out var known)) return known;
        var stocks = StocksOf(resource).ToArray();
        return _stocks[resource] = stocks.Length < 2 ? stocks.FirstOrDefault()
            : Site is null ? null : AskStock(resource, stocks);
    }

    private IEnumerable<Stock> StocksOf(string resource) => _job.Plan.Registers.Of<Stock>()
        .Where(s => s.Resource == resource && (Site is null || s.Site == Site.Id));

    private Stock? AskStock(string resource, Stock[] stocks)
    {
        var answer = _job.Plan.Ask(_job.QuestionId("stock", resource), "stock", RankStock, _job.Place,
            stocks.Select(s => new Choice(s.Id, null)), stocks[0].Id, "", ("resource", resource),
            ("place", StockNode(null, resource)));
        return Array.Find(stocks, s => s.Id == answer);
    }

    /// <summary>The file and row that prove an entry.</summary>
    public Evidence RowEvidence(int row) => new Evidence.FileRow(
        _job.File.Sha256, _job.File.Name, _job.Sheet.Name, _job.Sheet.RowNumber(row));

    private readonly Dictionary<string, Facts> _said = new(StringComparer.Ordinal);

    /// <summary>
    /// The facts of a row's columns and of the map. Most rows say what another said, and share its facts.
    /// </summary>
    public Facts FactsOf(int row)
    {
        const int most = 10_000;
        var said = string.Join('\t',
            _job.Columns.Where(c => c.Role == "fact").Select(c => _job.Text(row, c)));
        if (_said.TryGetValue(said, out var known)) return known;
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        AddFactColumns(row, facts);
        AddMapFacts(facts);
        var made = Facts.From(facts);
        if (_said.Count < most) _said.Add(said, made);
        return made;
    }

    /// <summary>The facts the map adds to every entry of the sheet.</summary>
    public void AddMapFacts(SortedDictionary<string, string> facts)
    {
        if (_job.Map is null) return;
        foreach (var (name, value) in _job.Map.Facts) facts.TryAdd(name, value);
    }

    /// <summary>The facts of the columns that name one.</summary>
    public void AddFactColumns(int row, SortedDictionary<string, string> facts)
    {
        foreach (var column in _job.Columns)
            if (column.Role == "fact" && _job.Text(row, column) is { } text)
            {
                var name = column.Map?.Fact ?? column.Fact ?? Kebab(column.Head.Name);
                facts[name] = name == "tariff" ? Vocabulary.Shared.BandOf(text) ?? text : text;
            }
    }

    /// <summary>"Radiative forcing" → "radiative-forcing"; Chinese headers stay as they are.</summary>
    public static string Kebab(string header) => Vocabulary.Plain(header).Replace(' ', '-');
}
