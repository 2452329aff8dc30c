using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Which energy instruments can be used for a site, and in which months (Scope 2 Guidance, chapter 7: the
/// quality criteria). What cannot be used is a finding; one MWh is used once.
/// </summary>
internal sealed class Instruments
{
    /// <summary>The criteria that any instrument must meet, by the names the register uses.</summary>
    private static readonly string[] Criteria =
        ["conveys-emission-rate", "sole-claim", "tracked-and-retired", "vintage-close", "same-market"];

    private readonly FactorLibrary _packs;
    private readonly RegisterSet _registers;
    private readonly List<Finding> _findings;
    private readonly HashSet<string> _twice;

    public Instruments(RegisterSet registers, FactorLibrary packs, List<Finding> findings)
    {
        (_registers, _packs, _findings) = (registers, packs, findings);
        _twice = SerialsTwice();
    }

    /// <summary>
    /// The instruments of a site that can be used, in the order of use: certificates, contracts, supplier
    /// rates; among equals the one that runs out first.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="market">Country of the grid it draws from.</param>
    public IEnumerable<(Instrument Instrument, MonthSpan Window)> Of(Site site, string market) => _registers
        .Of<Instrument>().Where(i => i.Site == site.Id).Select(i => (Instrument: i, Window: WindowOf(i)))
        .Where(i => i.Window is not null && Usable(i.Instrument, site, market))
        .OrderBy(i => i.Instrument.Kind).ThenBy(i => i.Window!.Value.Last).ThenBy(i => i.Window!.Value.First)
        .ThenBy(i => i.Instrument.Id, StringComparer.Ordinal).Select(i => (i.Instrument, i.Window!.Value));

    /// <summary>
    /// True when the vintage is close enough to a month: generated in its calendar year or the one before. An
    /// instrument without a vintage is not held to it.
    /// </summary>
    public static bool IsClose(Instrument instrument, YearMonth month) =>
        instrument.Vintage is not { } year || month.Year - year is 0 or 1;

    private MonthSpan? WindowOf(Instrument instrument)
    {
        if (MonthSpan.TryParse($"{instrument.From}/{instrument.To}", out var window)) return window;
        Say("instrument.window", instrument, ("from", instrument.From), ("to", instrument.To));
        return null;
    }

    private bool Usable(Instrument instrument, Site site, string market)
    {
        if (_packs.Places.CountryOf(instrument.Market) != market)
            return Say("instrument.otherMarket", instrument, ("market", instrument.Market), ("grid", market));
        if (instrument.Kind != InstrumentKind.SupplierRate && instrument.Mwh is not { Sign: > 0 })
            return Say("instrument.noAmount", instrument);
        if (instrument.Kind == InstrumentKind.Certificate && !IsRetiredFor(instrument, site))
            return Say(string.IsNullOrWhiteSpace(instrument.RetiredFor) ? "instrument.notRetired"
                : "instrument.retiredForOther", instrument, ("retiredFor", instrument.RetiredFor ?? ""));
        if (_twice.Contains(instrument.Id))
            return Say("instrument.serialTwice", instrument, ("serial", instrument.Serial ?? ""));
        var missing = Criteria.Except(instrument.Quality, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            Say("instrument.quality", instrument, ("criteria", string.Join(", ", missing)));
        return true;
    }

    private bool IsRetiredFor(Instrument instrument, Site site)
    {
        var name = instrument.RetiredFor?.Trim() ?? "";
        var organisation = _registers.Of<Organisation>().FirstOrDefault(o => o.Id == site.Organisation);
        string?[] own =
        [
            site.Id, $"site:{site.Id}", site.Name.En, site.Name.Zh, organisation?.Id,
            $"organisation:{site.Organisation}", organisation?.Name.En, organisation?.Name.Zh,
        ];
        return name.Length > 0 && own.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Instruments whose serial numbers an earlier one (in order of id) has too.</summary>
    private HashSet<string> SerialsTwice()
    {
        var seen = new List<SerialRange>();
        var twice = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instrument in _registers.Of<Instrument>()
            .Where(i => !string.IsNullOrWhiteSpace(i.Serial)))
        {
            var range = SerialRange.Parse(instrument.Serial!);
            if (seen.Exists(range.Overlaps)) twice.Add(instrument.Id);
            seen.Add(range);
        }
        return twice;
    }

    private bool Say(string code, Instrument instrument, params (string Name, object Value)[] args)
    {
        _findings.Add(Finding.Of(code, Severity.Warning,
            new Place(Record: _registers.PositionOf("instrument", instrument.Id)),
            [("instrument", instrument.Id), ("site", instrument.Site), .. args]));
        return false;
    }
}
