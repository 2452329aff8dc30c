using System.Globalization;

namespace LongquanStoke;

/// <summary>The lines of Longquan.</summary>
public sealed class LongquanAccount(Account account)
{
    private const string Site = "longquan";

    /// <summary>What the green power contract covers, kWh.</summary>
    private const decimal Contracted = 60000m;

    /// <summary>Adds all lines.</summary>
    public void Reckon()
    {
        var bills = account.Works.LongquanBills.Gas
            .Where(b => b.First >= account.First && b.Last <= account.Last).ToArray();
        var gas = bills.Sum(b => b.Quantity * (b.Calorific ?? 0m));
        var lpg = Sum(a => a is { Resource: "lpg", To: "unit:longquan-test-kiln" }) * Factors.LpgNet;
        var diesel = account.Rows.Where(a => a.To == "unit:longquan-genset").Sum(a => a.Amount * Density(a))
            * Factors.DieselNet;
        var leaked = Sum(a => a is { Resource: "r-32", To: "atmosphere" });
        account.Add("1", "stationary", Site, "natural gas", gas, "MJ net", Factors.IpccGas);
        account.Add("1", "stationary", Site, "LPG", lpg, "MJ net", Factors.IpccLpg);
        account.Add("1", "stationary", Site, "diesel", diesel, "MJ net", Factors.IpccDiesel);
        account.Add("1", "fugitive", Site, "R-32", leaked, "kg", Factors.R32);
        foreach (var bill in bills.Where(b => b.Calorific is null))
            account.Leave("unknown", "stationary", Site, $"natural gas of {Month.Of(bill.First)}",
                bill.Quantity, "Nm3",
                "the bill states no calorific value: state it, or name a source for a default");
        Electricity();
        NoFactor("3.3", "natural gas, well to tank", bills.Sum(b => b.Quantity), "Nm3");
        Upstream();
    }

    private void Electricity()
    {
        var used = account.Months.Sum(month => Works.Counts(
            account.Works.Longquan.Main, account.Works.LongquanBills.Electricity, month).KilowattHours);
        account.Add("2-location", "electricity", Site, "grid CN", used, "kWh", Factors.ChinaGrid, "CO2 only");
        account.Add("2-market", "electricity", Site, "green power contract", Contracted, "kWh",
            Factors.Zero("longquan-green-2026"));
        account.Add("2-market", "electricity", Site, "rest at grid average", used - Contracted, "kWh",
            Factors.ChinaGrid, "CO2 only; no residual mix at hand that may be used unasked");
        NoFactor("3.3", "electricity, losses and well to tank", used, "kWh");
    }

    /// <summary>Scope 3 of Longquan is known by quantity and by no factor that is China's.</summary>
    private void Upstream()
    {
        NoFactor("3.3", "LPG, well to tank", Sum(a => a.To == "unit:longquan-test-kiln"), "kg");
        NoFactor("3.3", "diesel, well to tank", Sum(a => a.To == "unit:longquan-genset"), "L");
        NoFactor("3.1", "clay", Sum(a => a.To == "stock:longquan-clay"), "t");
        NoFactor("3.1", "glaze", Sum(a => a.To == "stock:longquan-glaze"), "t");
        NoFactor("3.1", "water supply", Water("m3"), "m3");
        NoFactor("3.1", "water supply stated in tonnes", Water("t"), "t");
        NoFactor("3.4", "lorry, we pay", TonneKilometres("us"), "tkm");
        NoFactor("3.5", "ceramic waste to bricks", Sum(a => a.From == "site:longquan"), "t");
        NoFactor("3.7", "commuting by electric bicycle", Sum(a => a.Resource == "travel/e-bike"), "km");
        NoFactor("3.7", "commuting by car",
            Sum(a => a is { Resource: "travel/car", To: "site:longquan" }), "km");
        NoFactor("3.9", "lorry, the customer pays", TonneKilometres("customer"), "tkm");
    }

    private void NoFactor(string category, string name, decimal quantity, string unit) =>
        account.Leave("no-factor", category, Site, name, quantity, unit, "no factor for China at hand");

    private decimal Water(string unit) =>
        Sum(a => a is { Resource: "water-supply", To: "site:longquan" } && a.Unit == unit);

    /// <summary>Lorries on Chinese roads: materials, ware to the port of Ningbo, ware to customers.</summary>
    private decimal TonneKilometres(string payer) => account.Rows
        .Where(a => a.Fact("vehicle") == "HGV" && a.Fact("payer") == payer
            && (a.From == "stock:longquan-ware" || a.To is "stock:longquan-clay" or "stock:longquan-glaze"))
        .Sum(a => a.Tonnes * a.Kilometres!.Value);

    private static decimal Density(Activity a) =>
        decimal.Parse(a.Fact("density").Split(' ')[0], CultureInfo.InvariantCulture);

    private decimal Sum(Func<Activity, bool> which) => account.Rows.Where(which).Sum(a => a.Amount);
}
