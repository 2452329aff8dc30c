using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>What reports say of energy.</summary>
internal static class ReportEnergy
{
    private static readonly string[] Uses = ["electricity", "gas", "transport", "other"];

    /// <summary>
    /// The supply with the most basic energy, where readings can tell; else nothing stands there.
    /// </summary>
    public static Spot BaseLoad(PageContext at, ReportAnswers answers, MonthSpan period)
    {
        var spec = new JsonObject { ["period"] = period.ToString() };
        if (at.Site is { } site) spec["sites"] = new JsonArray(site);
        var said = answers.Ask("energy.basic", spec.ToJsonString());
        return said["meters"].Items.FirstOrDefault(m => m["supply"].IsTrue && m["working"].Exists);
    }

    /// <summary>kWh by use with the total.</summary>
    public static Table ByUse(PageContext at, Spot said, string id) => new(id, at.L("report.energy"),
    [
        new("use", at.L("report.col.use")), new("kwh", "kWh", Align.Number),
    ], [.. Uses.Where(u => said["energyByUse"][u].Exists).Select(u => Row.Of(
        new Words(at.L($"report.use.{u}")) { Key = u }, Whole(at, said["energyByUse"][u])))])
    {
        Class = "tight",
        Total = said["energyTotal"].Exists ? Row.Of(new Words(at.L(said["energyComplete"].IsTrue
            ? "web.total" : "web.totalPartial")), Whole(at, said["energyTotal"])) : null,
    };

    /// <summary>What must be said of it: carriers without kWh, gross and net.</summary>
    public static IEnumerable<Sentence> Notes(PageContext at, Spot said)
    {
        var names = new Names(at);
        var without = said["energy"].Items.Where(e => !e["energy"].Exists)
            .Select(e => $"{names.OfResource(e["carrier"].Text ?? "")} {e["quantity"].Say()}").ToList();
        if (without.Count > 0) yield return Sentence.Of(at, "report.energy.without",
            ("carriers", string.Join(at.L("web.listComma"), without)));
        var units = said["energy"].Items.Select(e => e["energy"].Unit).ToHashSet();
        if (units.Contains("kWh gross") && units.Contains("kWh net"))
            yield return Sentence.Of(at, "report.energy.mixed");
    }

    /// <summary>An amount of energy, whole kWh.</summary>
    public static Cell Whole(PageContext at, Spot figure, bool unit = false) =>
        figure.Cell(at, unit) is Number number
        ? number with { Shown = Show.Fixed(number.Value, 0) } : new Unknown();
}
