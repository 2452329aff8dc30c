using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>What must be said wherever a footprint is shown: boundary, allocation, balance.</summary>
internal static class FootprintSentences
{
    /// <summary>
    /// What is in it and what is not, with the reason for each. It ends at the grave where every product goes
    /// there; else at the gate, and what is known beyond it is said apart.
    /// </summary>
    public static Sentence Boundary(PageContext at, Spot report, string site)
    {
        string Joined(IEnumerable<string> words) => string.Join(at.L("web.listComma"), words);
        var products = report["products"].Items;
        var toGrave = products.All(p => p["grave"]["whole"].Exists);
        var inside = products.SelectMany(p => p["stages"].Items)
            .Select(s => s["stage"].Text).Distinct().Select(s => at.L($"web.footprint.in.{s}"));
        var outside = report["excluded"].Items.Select(e => e["because"].Text).Distinct()
            .Select(b => b != "afterTheGate" ? b
                : products.Any(p => p["delivered"].Exists) ? "betweenSites"
                : toGrave ? "toCustomers" : b).Select(b =>
            at.L("web.footprint.excludes", ("what", at.L($"web.footprint.out.{b}")),
                ("because", at.L($"web.footprint.because.{b}")))).ToList();
        var beyond = products.Select(p => (Product: p, Parts: Beyond(p))).Where(p => p.Parts.Length > 0)
            .Select(p => products.Count == 1 ? Said(at, p.Parts) : at.L("web.footprint.boundary.of",
                ("parts", Said(at, p.Parts)), ("product", p.Product["name"].In(at.Text.Language)))).ToList();
        var key = toGrave ? "web.footprint.boundary.grave"
            : beyond.Count > 0 ? "web.footprint.boundary.beyond" : "web.footprint.boundary";
        return Sentence.Of(at, key, ("site", site), ("period", Show.Months(at.Text, at.Period!.Value)),
            ("includes", Joined(inside)), ("beyond", Joined(beyond)),
            ("excludes", outside.Count == 0 ? at.L("web.footprint.excludes.none")
                : string.Join(at.L("web.footprint.excludes.join"), outside)));
    }

    private static string[] Beyond(Spot product) =>
        [.. ((string[])["delivery", "use", "endOfLife"]).Where(part => product["grave"][part].Exists)];

    private static string Said(PageContext at, string[] parts) =>
        string.Join(at.L("web.footprint.boundary.and"), parts.Select(p => at.L($"web.footprint.beyond.{p}")));

    /// <summary>By what products share; one alone bears all.</summary>
    public static Sentence Allocation(PageContext at, Spot report) => report["key"].Text is not { } key
        ? at.L("web.footprint.alone")
        : at.L(report["units"].Items.Count > 0 ? "web.footprint.shared.units" : "web.footprint.shared",
            ("key", at.L($"web.footprint.key.{key}")),
            ("reason", report["reason"].Text ?? ""));

    /// <summary>
    /// The small lines together, and what would be left without them; where something has no figure no share
    /// of the whole can be told.
    /// </summary>
    public static Sentence CutOff(PageContext at, Spot cutOff, bool isPartial)
    {
        object Percent(string name) => cutOff[name].Value is { } value ? new Number(value, "%",
            Show.Percent(at.Text, Show.Fixed(value, name is "threshold" or "covered" ? 0 : 1)),
            at.Why(cutOff.Asked, cutOff[name].Pointer)) : "";
        return Sentence.Of(at, isPartial ? "web.footprint.cutOff.partial" : "web.footprint.cutOff",
            ("lines", cutOff["lines"].Text ?? "0"),
            ("threshold", Percent("threshold")), ("small", Percent("small")), ("left", Percent("left")),
            ("covered", Percent("covered")));
    }

    /// <summary>The score of the data, of how much of the footprint, and the primary share.</summary>
    public static Sentence Quality(PageContext at, Spot product)
    {
        var quality = product["quality"];
        var scheme = at.L($"web.footprint.quality.scheme.{quality["scheme"].Text}");
        object Percent(Spot spot) => spot.Value is { } value ? new Number(value, "%",
            Show.Percent(at.Text, Show.Fixed(value, 1)), at.Why(spot.Asked, spot.Pointer)) : "";
        var primary = Percent(product["measured"]);
        if (!quality["score"].Exists)
            return Sentence.Of(at, "web.footprint.quality.said.none", ("scheme", scheme),
                ("primary", primary));
        return Sentence.Of(at, quality["level"].Exists ? "web.footprint.quality.said.level"
            : "web.footprint.quality.said", ("scheme", scheme), ("score",
            FootprintQualityTables.Score(at, quality["score"])), ("level",
            at.L($"web.footprint.quality.level.{quality["level"].Text}")), ("share",
            Percent(quality["share"])), ("primary", primary));
    }

    /// <summary>The same of the whole life.</summary>
    public static Sentence WholeLife(PageContext at, Spot grave)
    {
        var quality = grave["quality"];
        return Sentence.Of(at, quality["level"].Exists ? "web.footprint.quality.life.level"
            : "web.footprint.quality.life", ("score", FootprintQualityTables.Score(at, quality["score"])),
            ("level", at.L($"web.footprint.quality.level.{quality["level"].Text}")), ("share",
            quality["share"].Value is { } value ? new Number(value, "%", Show.Percent(at.Text,
                Show.Fixed(value, 1)), at.Why(quality.Asked, quality["share"].Pointer)) : ""));
    }

    /// <summary>Products and what is excluded are the inventory.</summary>
    public static Sentence Reconciliation(PageContext at, Spot balance)
    {
        Cell Exact(string name) => FootprintTables.Exact(at, balance[name], withUnit: true);
        return Sentence.Of(at, (balance["delivered"].Exists, balance["excluded"].Exists,
            balance["components"].Exists) switch
        {
            (false, true, true) => "web.footprint.balance.bill",
            (false, false, true) => "web.footprint.balance.whole.bill",
            (false, false, false) => "web.footprint.balance.whole",
            (false, true, false) => "web.footprint.balance",
            (true, true, true) => "web.footprint.balance.delivered.bill",
            (true, false, true) => "web.footprint.balance.delivered.whole.bill",
            (true, false, false) => "web.footprint.balance.delivered.whole",
            _ => "web.footprint.balance.delivered",
        }, [.. ((string[])["products", "delivered", "excluded", "components", "inventory",
            "difference"]).Where(n => balance[n].Exists).Select(n => (n, (object)Exact(n)))]);
    }
}
