using System.Globalization;
using System.Text.Json;

namespace LongquanStoke;

/// <summary>Writes accounts: expected/account.json and expected/september-2026-stoke.json.</summary>
public static class AccountFile
{
    private static readonly string[] Scopes = ["1", "2-location", "2-market", "3"];

    /// <summary>Writes both files.</summary>
    public static void Write(Works works, Papers papers)
    {
        var year = new Account(works, ReportingYear.First, ReportingYear.Last, "stoke", "longquan");
        papers.Add("expected/account.json", Truth.Json(json =>
        {
            json.WriteString("format", "longquan-stoke-account/1");
            Head(json, year);
            Body(json, year);
            EquityShare(json, year);
            Tonnes(json, works);
        }));
        var september = new Account(works, new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30), "stoke");
        WorkedMonth.Check(september);
        papers.Add("expected/september-2026-stoke.json", Truth.Json(json =>
        {
            json.WriteString("format", "longquan-stoke-account/1");
            Head(json, september);
            Body(json, september);
            Afterwards(json, works);
        }));
    }

    private static void Head(Utf8JsonWriter json, Account account)
    {
        json.WriteString("from", Day(account.First));
        json.WriteString("to", Day(account.Last));
        json.WriteString("gwp", "AR5");
        json.WriteString("consolidation", "operational-control");
    }

    private static void Body(Utf8JsonWriter json, Account account)
    {
        json.WriteStartArray("lines");
        foreach (var line in account.Lines) WriteLine(json, line);
        json.WriteEndArray();
        json.WriteStartArray("open");
        foreach (var item in account.Open)
        {
            json.WriteStartObject();
            json.WriteString("kind", item.Kind);
            json.WriteString("category", item.Category);
            json.WriteString("site", item.Site);
            json.WriteString("name", item.Name);
            json.WriteString("quantity", item.Quantity);
            json.WriteString("reason", item.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Totals(json, account);
    }

    private static void WriteLine(Utf8JsonWriter json, Line line)
    {
        json.WriteStartObject();
        json.WriteString("scope", line.Scope);
        json.WriteString("category", line.Category);
        json.WriteString("site", line.Site);
        json.WriteString("name", line.Name);
        json.WriteString("quantity", Numbers.Text(line.Quantity));
        json.WriteString("unit", line.Unit);
        json.WriteString("factor", Numbers.Text(line.Factor.Value));
        json.WriteString("source", line.Factor.Source);
        json.WriteString("row", line.Factor.Row);
        json.WriteString("kgCo2e", Numbers.Text(line.Kilograms));
        Gas("co2", line.Factor.Co2);
        Gas("ch4", line.Factor.Ch4);
        Gas("n2o", line.Factor.N2o);
        Gas("biogenicKgCo2", line.Factor.Biogenic);
        if (line.Factor.Flag.Length > 0) json.WriteString("flag", line.Factor.Flag);
        if (line.Note.Length > 0) json.WriteString("note", line.Note);
        json.WriteEndObject();

        // A gas that the source does not state stays out: unknown is not zero.
        void Gas(string name, decimal? perUnit)
        {
            if (perUnit is { } value) json.WriteString(name, Numbers.Text(line.Quantity * value));
        }
    }

    private static void Totals(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("totals");
        foreach (var scope in Scopes)
        {
            json.WriteStartObject(scope);
            json.WriteString("kgCo2e", Numbers.Text(account.Total(scope)));
            foreach (var site in account.Lines.Select(l => l.Site).Distinct())
                json.WriteString(site, Numbers.Text(account.Total(scope, site)));
            json.WriteEndObject();
        }
        json.WriteStartObject("categories");
        foreach (var category in account.Lines.Where(l => l.Scope == "3").GroupBy(l => l.Category)
            .OrderBy(c => c.Key, StringComparer.Ordinal))
            json.WriteString(category.Key, Numbers.Text(category.Sum(l => l.Kilograms)));
        json.WriteEndObject();
        json.WriteString("biogenicKgCo2",
            Numbers.Text(account.Lines.Sum(l => l.Quantity * (l.Factor.Biogenic ?? 0m))));
        json.WriteEndObject();
    }

    /// <summary>The same by equity share: three fifths of Longquan.</summary>
    private static void EquityShare(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("equityShare");
        foreach (var scope in Scopes)
            json.WriteString(scope,
                Numbers.Text(account.Total(scope, "stoke") + account.Total(scope, "longquan") * 0.6m));
        json.WriteEndObject();
    }

    private static void Tonnes(Utf8JsonWriter json, Works works)
    {
        json.WriteStartObject("wareTonnes");
        foreach (var (site, kiln) in ((string, string)[])
            [("stoke", "unit:kiln"), ("longquan", "unit:longquan-kiln")])
            json.WriteString(site, Numbers.Text(
                works.Activities.Where(a => a.From == kiln && a.Resource == "ware").Sum(a => a.Amount)));
        json.WriteEndObject();
    }

    /// <summary>
    /// The gas bill put right on 9 October, the closing on 12 October, two half-hours on 20 October.
    /// </summary>
    private static void Afterwards(Utf8JsonWriter json, Works works)
    {
        var energy = StokeAccount.KilowattHours(Later.GasVolume, 39.5m);
        json.WriteStartObject("afterTheGasBillIsPutRight");
        json.WriteString("quantity", Numbers.Text(energy));
        json.WriteString("unit", "kWh gross");
        json.WriteString("scope1KgCo2e", Numbers.Text(energy * Factors.Gas.Value));
        json.WriteString("scope3KgCo2e", Numbers.Text(energy * Factors.GasUpstream.Value));
        json.WriteEndObject();
        var more = Numbers.Hundredths(Later.HalfHours.Sum(h => h.More));
        json.WriteStartObject("adjustmentAfterClosing");
        json.WriteString("closedKWh", Numbers.Fixed(works.Stoke.Main.Flowed(new Month(2026, 9))));
        json.WriteString("quantity", Numbers.Text(more));
        json.WriteString("unit", "kWh");
        json.WriteString("locationKgCo2e", Numbers.Text(more * Factors.Grid.Value));
        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
