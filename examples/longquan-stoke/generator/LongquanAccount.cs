using System.Globalization;

namespace LongquanStoke;

/// <summary>The lines of Longquan.</summary>
public sealed class LongquanAccount(Account account)
{
    private const string Site = "longquan", NoFactor = "no factor for China at hand";

    /// <summary>Adds all lines.</summary>
    public void Reckon()
    {
        var bills = account.Works.LongquanBills.Gas.Where(b =>
            b.First >= account.First && b.Last <= account.Last).ToArray();
        var gas = bills.Sum(b => b.Quantity * (b.Calorific ?? 0m));
        var lpg = Sum(a => a is { Resource: "lpg", To: "unit:longquan-test-kiln" }) * Factors.LpgNet;
        var diesel = account.Rows.Where(a => a.To == "unit:longquan-genset").Sum(a =>
            a.Amount * Density(a)) * Factors.DieselNet;
        account.Add("1", "stationary", Site, "natural gas", gas, "MJ net", Factors.IpccGas);
        account.Add("1", "stationary", Site, "LPG", lpg, "MJ net", Factors.IpccLpg);
        account.Add("1", "stationary", Site, "diesel", diesel, "MJ net", Factors.IpccDiesel);
        account.Add("1", "fugitive", Site, "R-32", Sum(a => a is { Resource: "r-32", To: "atmosphere" }),
            "kg", Factors.R32);
        foreach (var bill in bills.Where(b => b.Calorific is null))
            account.Leave("unknown", "stationary", Site, $"natural gas of {Month.Of(bill.First)}",
                bill.Quantity, "Nm3",
                "the bill states no calorific value: state it, or name a source for a default");
        Electricity();
        Upstream(bills.Sum(b => b.Quantity));
    }

    private void Electricity()
    {
        var used = account.Months.Sum(month => Works.Counts(
            account.Works.Longquan.Main, account.Works.LongquanBills.Electricity, month).KilowattHours);
        account.Add("2-location", "electricity", Site, "grid CN", used, "kWh", Factors.ChinaGrid, "CO2 only");
        account.Add("2-market", "electricity", Site, "green power contract", 60000m, "kWh",
            Factors.Zero("longquan-green-2026"));
        account.Add("2-market", "electricity", Site, "rest at residual mix", used - 60000m, "kWh",
            Factors.ChinaResidual,
            "CO2 only");
        account.Leave("no-factor", "3.3", Site, "electricity, losses and well to tank", used, "kWh",
            NoFactor);
    }

    /// <summary>Scope 3 of Longquan is known by quantity and by no factor that is China's.</summary>
    private void Upstream(decimal gas)
    {
        account.Leave("no-factor", "3.3", Site, "natural gas, well to tank", gas, "Nm3", NoFactor);
        account.Leave("no-factor", "3.3", Site, "LPG, well to tank",
            Sum(a => a.To == "unit:longquan-test-kiln"), "kg", NoFactor);
        account.Leave("no-factor", "3.3", Site, "diesel, well to tank",
            Sum(a => a.To == "unit:longquan-genset"), "L", NoFactor);
        account.Leave("no-factor", "3.1", Site, "clay", Sum(a => a.To == "stock:longquan-clay"), "t",
            NoFactor);
        account.Leave("no-factor", "3.1", Site, "glaze", Sum(a => a.To == "stock:longquan-glaze"), "t",
            NoFactor);
        account.Leave("no-factor", "3.1", Site, "water supply",
            Sum(a => a is { Resource: "water-supply", To: "site:longquan", Unit: "m3" }), "m3", NoFactor);
        account.Leave("no-factor", "3.1", Site, "water supply stated in tonnes",
            Sum(a => a is { Resource: "water-supply", To: "site:longquan", Unit: "t" }), "t", NoFactor);
        var lorry = account.Rows.Where(a => a.Fact("vehicle") == "HGV"
            && (a.To is "stock:longquan-clay" or "stock:longquan-glaze" or "stock:ningbo-port")).ToArray();
        account.Leave("no-factor", "3.4", Site, "lorry, we pay",
            lorry.Sum(a => a.Tonnes * a.Kilometres!.Value), "tkm", NoFactor);
        account.Leave("no-factor", "3.5", Site, "ceramic waste to bricks",
            Sum(a => a.From == "site:longquan"), "t", NoFactor);
        account.Leave("no-factor", "3.7", Site, "commuting by electric bicycle",
            Sum(a => a.Resource == "travel/e-bike"), "km", NoFactor);
        account.Leave("no-factor", "3.7", Site, "commuting by car",
            Sum(a => a is { Resource: "travel/car", To: "site:longquan" }), "km", NoFactor);
        account.Leave("no-factor", "3.9", Site, "lorry, the customer pays",
            account.Rows.Where(a => a is { From: "stock:longquan-ware" } && a.Fact("payer") == "customer")
                .Sum(a => a.Tonnes * a.Kilometres!.Value), "tkm", NoFactor);
    }

    private static decimal Density(Activity a) =>
        decimal.Parse(a.Fact("density").Split(' ')[0], CultureInfo.InvariantCulture);

    private decimal Sum(Func<Activity, bool> which) => account.Rows.Where(which).Sum(a => a.Amount);
}
