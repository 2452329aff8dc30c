using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LongquanStoke;

/// <summary>What the generator knows to be true: expected/truth.json.</summary>
public static class Truth
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file.</summary>
    public static void Write(Works works, Papers papers) => papers.Add("expected/truth.json", Json(json =>
    {
        json.WriteString("format", "longquan-stoke-truth/1");
        json.WriteString("from", "2025-10-01");
        json.WriteString("to", "2026-09-30");
        Meters(json, works);
        Counter(json, works.Longquan);
        Electricity(json, works);
        Bills(json, works);
        Flows(json, works);
        Faults(json, papers);
    }));

    /// <summary>Bytes of an object that an action fills.</summary>
    public static byte[] Json(Action<Utf8JsonWriter> fill)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }
        return [.. stream.ToArray(), (byte)'\n'];
    }

    /// <summary>
    /// Per meter and month: how many intervals the month has, how many the files hold, the sum as the files
    /// write it (duplicates once, wrong values as they stand), the sum of the right ones, and what really
    /// flowed.
    /// </summary>
    private static void Meters(Utf8JsonWriter json, Works works)
    {
        json.WriteStartArray("meters");
        foreach (var meter in (MeterYear[])[works.Stoke.Main, .. works.Stoke.SubMeters, works.Longquan.Main])
        {
            json.WriteStartObject();
            json.WriteString("id", meter.Id);
            json.WriteString("unit", "kWh");
            json.WriteStartArray("months");
            foreach (var month in ReportingYear.Months) MeterMonth(json, meter, month);
            json.WriteEndArray();
            json.WriteStartObject("year");
            SpanFields(json, meter, ReportingYear.First, ReportingYear.Last);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void MeterMonth(Utf8JsonWriter json, MeterYear meter, Month month)
    {
        json.WriteStartObject();
        json.WriteString("month", $"{month}");
        SpanFields(json, meter, month.First, month.Last);
        json.WriteEndObject();
    }

    private static void SpanFields(Utf8JsonWriter json, MeterYear meter, DateOnly first, DateOnly last)
    {
        var all = meter.Between(first, last).ToArray();
        var held = all.Where(i => !meter.Missing.Contains(i)).ToArray();
        var right = held.Where(i => !meter.Wrong.Contains(i)).Sum(i => meter.Values[i]);
        // A wrong value is a thousand times too large at the main meter and negative at a sub-meter.
        var wrong = held.Where(meter.Wrong.Contains).Sum(i =>
            meter.Values[i] * (meter.Id == "stoke-m1" ? 1000 : -1));
        json.WriteNumber("intervals", all.Length);
        json.WriteNumber("held", held.Length);
        json.WriteNumber("wrong", held.Count(meter.Wrong.Contains));
        json.WriteString("asWritten", Numbers.Fixed(right + wrong));
        json.WriteString("right", Numbers.Fixed(right));
        json.WriteString("flowed", Numbers.Fixed(all.Sum(i => meter.Values[i])));
    }

    private static void Counter(Utf8JsonWriter json, LongquanMeters longquan)
    {
        var (first, last) = (longquan.Counter[0], longquan.Counter[^1]);
        json.WriteStartObject("counter");
        json.WriteString("id", "longquan-offices");
        json.WriteString("first", Tenths(first.Tenths));
        json.WriteString("last", Tenths(last.Tenths));
        json.WriteNumber("rollOvers", 1);
        json.WriteString("kWh", Tenths(last.Tenths - first.Tenths + LongquanMeters.CounterModulusTenths));
        json.WriteEndObject();
    }

    private static string Tenths(long value) => (value / 10m).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The electricity that counts, by site and month.</summary>
    private static void Electricity(Utf8JsonWriter json, Works works)
    {
        json.WriteStartArray("electricityThatCounts");
        foreach (var (site, main, bills) in ((string, MeterYear, List<Bill>)[])
            [
                ("stoke", works.Stoke.Main, works.StokeBills.Electricity),
                ("longquan", works.Longquan.Main, works.LongquanBills.Electricity),
            ])
        {
            json.WriteStartObject();
            json.WriteString("site", site);
            json.WriteStartArray("months");
            foreach (var month in ReportingYear.Months)
            {
                var (kilowattHours, basis) = Works.Counts(main, bills, month);
                json.WriteStartObject();
                json.WriteString("month", $"{month}");
                json.WriteString("basis", basis);
                json.WriteString("kWh", Numbers.Text(kilowattHours));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("kWh",
                Numbers.Text(ReportingYear.Months.Sum(m => Works.Counts(main, bills, m).KilowattHours)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Bills(Utf8JsonWriter json, Works works)
    {
        json.WriteStartArray("bills");
        foreach (var (flow, bills) in ((string, List<Bill>)[])
            [
                ("stoke electricity", works.StokeBills.Electricity),
                ("stoke natural-gas", works.StokeBills.Gas),
                ("longquan electricity", works.LongquanBills.Electricity),
                ("longquan natural-gas", works.LongquanBills.Gas),
            ])
            foreach (var bill in bills)
            {
                json.WriteStartObject();
                json.WriteString("flow", flow);
                json.WriteString("file", bill.File);
                json.WriteNumber("row", bill.Row);
                json.WriteString("first", bill.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteString("last", bill.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteString("amount", Numbers.Text(bill.Quantity));
                json.WriteString("unit", bill.Unit);
                if (bill.Calorific is { } calorific) json.WriteString("calorificMJ", Numbers.Text(calorific));
                if (bill.Estimated) json.WriteBoolean("estimated", true);
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }

    /// <summary>Rows of the activity tables, added up by flow and the month they begin in.</summary>
    private static void Flows(Utf8JsonWriter json, Works works)
    {
        json.WriteStartArray("flows");
        var flows = works.Activities.Where(a => !a.IsCount).GroupBy(a => (a.From, a.To, a.Resource, a.Unit));
        foreach (var flow in flows.OrderBy(f => f.Key.ToString(), StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("from", flow.Key.From);
            json.WriteString("to", flow.Key.To);
            json.WriteString("resource", flow.Key.Resource);
            json.WriteString("unit", flow.Key.Unit);
            json.WriteString("total", Numbers.Text(flow.Sum(a => a.Amount)));
            json.WriteStartObject("months");
            foreach (var month in flow.GroupBy(a => $"{Month.Of(a.First)}").OrderBy(m =>
                m.Key, StringComparer.Ordinal))
                json.WriteString(month.Key, Numbers.Text(month.Sum(a => a.Amount)));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Faults(Utf8JsonWriter json, Papers papers)
    {
        json.WriteStartArray("faults");
        foreach (var fault in papers.Faults)
        {
            json.WriteStartObject();
            json.WriteString("file", fault.File);
            json.WriteNumber("row", fault.Row);
            json.WriteString("column", fault.Column);
            json.WriteString("kind", fault.Kind);
            json.WriteString("detail", fault.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
