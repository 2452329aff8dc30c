namespace LongquanStoke;

/// <summary>The lines of Stoke.</summary>
public sealed class StokeAccount(Account account)
{
    private const string Site = "stoke";

    /// <summary>What the certificate covers, kWh.</summary>
    private const decimal Certified = 20000m;

    /// <summary>Adds all lines.</summary>
    public void Reckon()
    {
        Fuels();
        Electricity();
        Goods();
        Carriage();
        Waste();
        Travel();
    }

    /// <summary>
    /// Energy of a volume on a UK gas bill in kWh gross, rounded once, half to even, at two decimals.
    /// </summary>
    public static decimal KilowattHours(decimal volume, decimal calorific) =>
        decimal.Round(volume * StokeBills.VolumeCorrection * calorific / 3.6m, 2, MidpointRounding.ToEven);

    private void Fuels()
    {
        var gas = account.Works.StokeBills.Gas.Sum(bill =>
            KilowattHours(bill.Share(account.First, account.Last), bill.Calorific!.Value));
        var burned = DieselBurned();
        var leaked = Sum(a => a is { Resource: "r-410a", To: "atmosphere" });
        account.Add("1", "stationary", Site, "natural gas", gas, "kWh gross", Factors.Gas);
        account.Add("1", "mobile", Site, "diesel", burned, "L", Factors.Diesel);
        account.Add("1", "fugitive", Site, "R-410A", leaked, "kg", Factors.R410A);
        account.Add("3", "3.3", Site, "natural gas, well to tank", gas, "kWh gross", Factors.GasUpstream);
        account.Add("3", "3.3", Site, "diesel, well to tank", burned, "L", Factors.DieselUpstream);
        if (account.First <= new DateOnly(2026, 1, 1) && account.Last >= new DateOnly(2026, 1, 4))
            account.Leave("unknown", "stationary", Site, "natural gas, 1 to 4 January 2026",
                StokeBills.UnbilledGas, "m3 by the counter", "no bill covers these days");
    }

    /// <summary>Opening dip + deliveries − closing dip.</summary>
    private decimal DieselBurned()
    {
        var dips = account.Works.Activities.Where(a => a is { IsCount: true, To: "stock:diesel" }).ToArray();
        var opening = dips.Single(a => a.First == account.First).Amount;
        var closing = dips.Single(a => a.First == account.Last.AddDays(1)
            || (account.Last == ReportingYear.Last && a.First == account.Last)).Amount;
        return opening + Sum(a => a is { IsCount: false, To: "stock:diesel" }) - closing;
    }

    private void Electricity()
    {
        var used = account.Months.Sum(month => Works.Counts(
            account.Works.Stoke.Main, account.Works.StokeBills.Electricity, month).KilowattHours);
        account.Add("2-location", "electricity", Site, "grid GB", used, "kWh", Factors.Grid);
        account.Add("2-market", "electricity", Site, "certificate", Certified, "kWh",
            Factors.Zero("stoke-certificate-2026"));
        account.Add("2-market", "electricity", Site, "rest at grid average", used - Certified, "kWh",
            Factors.Grid, "no residual mix is published for this grid");
        account.Add("3", "3.3", Site, "electricity, losses", used, "kWh", Factors.GridLosses);
        account.Add("3", "3.3", Site, "electricity, well to tank", used, "kWh", Factors.GridUpstream);
        account.Add("3", "3.3", Site, "electricity, well to tank of losses", used, "kWh",
            Factors.GridUpstreamOfLosses);
    }

    private void Goods()
    {
        var water = Sum(a => a is { Resource: "water-supply", To: "site:stoke" });
        account.Add("3", "3.1", Site, "water supply", water, "m3", Factors.Water);
        if (account.Months.Contains(new Month(2026, 2)))
            account.Open.Add(
                new OpenItem("unknown", "3.1", Site, "water of February 2026", "", "the bill is lost"));
        var board = Tonnes(a => a.Resource == "board");
        account.Add("3", "3.1", Site, "board, primary", board, "t", Factors.Board);
        foreach (var material in (string[])["clay", "china-clay", "glaze-frit", "plaster"])
            account.Leave("no-factor", "3.1", Site, material,
                Tonnes(a => a.Resource == material && InStoke(a)), "t", "no factor for this material");
        var (press, insurance) = (Sum(a => a.Resource == "machinery"), Sum(a => a.Resource == "insurance"));
        account.Leave("no-factor", "3.2", Site, "press", press, "GBP", "no spend factor");
        account.Leave("no-factor", "3.1", Site, "insurance", insurance, "GBP", "no spend factor");
    }

    /// <summary>
    /// Carriage in GB by lorry, average load, and by ship. Who pays decides between categories 4 and 9; where
    /// the note does not say, the kilograms are in neither.
    /// </summary>
    private void Carriage()
    {
        var lorry = account.Rows.Where(a => a.Fact("vehicle") == "HGV" && InBritain(a)).ToArray();
        decimal TonneKilometres(string payer) =>
            lorry.Where(a => a.Fact("payer") == payer).Sum(a => a.Tonnes * (a.Kilometres ?? 0m));
        var (ours, theirs) = (TonneKilometres("us"), TonneKilometres("customer"));
        var nobodys = TonneKilometres("");
        account.Add("3", "3.4", Site, "lorry, we pay", ours, "tkm", Factors.Hgv);
        account.Add("3", "3.9", Site, "lorry, the customer pays", theirs, "tkm", Factors.Hgv);
        account.Leave("question", "3.4 or 3.9", Site, "lorry, payer not stated", nobodys, "tkm",
            $"who pays the carriage? {Numbers.Text(nobodys * Factors.Hgv.Value)} kg in neither total");
        account.Leave("question", "3.4", Site, "lorry, distance not stated",
            lorry.Where(a => a.Kilometres is null).Sum(a => a.Tonnes), "t", "how far?");
        var sea = account.Rows.Where(a => a.Fact("vehicle") == "container ship")
            .Sum(a => a.Tonnes * a.Kilometres!.Value);
        account.Add("3", "3.4", Site, "container ship, we pay", sea, "tkm", Factors.ContainerShip);
    }

    private void Waste()
    {
        decimal Of(string resource, string route) =>
            Tonnes(a => a.Resource == resource && a.From == "site:stoke" && a.Fact("route") == route);
        const string mixed = "waste/commercial-and-industrial";
        account.Add("3", "3.5", Site, "commercial and industrial, landfill", Of(mixed, "landfill"), "t",
            Factors.Landfill, "a ceramic waste is inert: aggregates, landfill, is a candidate");
        account.Add("3", "3.5", Site, "commercial and industrial, incineration with energy recovery",
            Of(mixed, "incineration-with-energy-recovery"), "t", Factors.Incineration);
        account.Add("3", "3.5", Site, "board, closed loop", Of("waste/board", "closed-loop"), "t",
            Factors.BoardRecycled);
        account.Leave("no-factor", "3.5", Site, "ceramic waste, open loop", Of(mixed, "open-loop"), "t",
            "no such row; aggregates, open loop, is a candidate");
        account.Leave("question", "3.5", Site, "ceramic waste, treatment not stated", Of(mixed, ""), "t",
            "where did it go?");
    }

    private void Travel()
    {
        decimal Of(string resource) => Sum(a => a.Resource == resource && a.To == "site:stoke");
        account.Add("3", "3.6", Site, "national rail", Of("travel/rail"), "pkm", Factors.Rail);
        account.Add("3", "3.6", Site, "taxi, regular", Of("travel/taxi"), "km", Factors.Taxi);
        account.Add("3", "3.6", Site, "flight, long haul, economy, with radiative forcing",
            Of("travel/flight"), "pkm", Factors.Flight);
        account.Add("3", "3.7", Site, "commuting by car, fuel unknown", Of("travel/car"), "km", Factors.Car,
            "estimated");
    }

    /// <summary>A road in Britain: it ends in a stock of Stoke or begins there.</summary>
    private static bool InBritain(Activity a) => InStoke(a) || a.From == "stock:ware";

    private static bool InStoke(Activity a) =>
        a.To is "stock:clay" or "stock:glaze" or "stock:moulds" or "stock:packaging" or "stock:ware";

    private decimal Sum(Func<Activity, bool> which) => account.Rows.Where(which).Sum(a => a.Amount);

    private decimal Tonnes(Func<Activity, bool> which) => account.Rows.Where(which).Sum(a => a.Tonnes);
}
