using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Server.Pages;
using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>The tables of an inventory report that say on what its figures rest.</summary>
internal static class InventoryEvidence
{
    /// <summary>Every factor and instrument under a line, with its pack and edition.</summary>
    public static Table Factors(PageContext at, Spot account)
    {
        var language = at.Text.Language;
        var editions = account["packs"].Items.ToDictionary(p => p["id"].Text ?? "",
            p => p["edition"].Text ?? "");
        var lines = account["scope1"]["lines"].Items.Concat(account["scope2"]["location"]["lines"].Items)
            .Concat(account["scope2"]["market"]["lines"].Items)
            .Concat(account["scope3"]["categories"].Items.SelectMany(c => c["lines"].Items))
            .Concat(account["biogenic"]["lines"].Items).Concat(account["removals"]["lines"].Items);
        return new Table("factors", at.L("report.factors"),
        [
            new("factor", at.L("report.col.factor")), new("value", at.L("web.col.value"), Align.Number),
            new("pack", at.L("web.col.pack")), new("edition", at.L("web.col.edition")),
        ], [.. lines.DistinctBy(l => l["factorId"].Text)
            .OrderBy(l => l["factorId"].Text, StringComparer.Ordinal)
            .Select(l => Row.Of(
                new Words(l["factorName"].In(language))
                { Key = l["factorId"].Text, Below = l["factorId"].Text },
                l["factor"].Cell(at, withUnit: true), new Words(l["pack"].Text ?? at.L("report.instrument")),
                new Words(editions.GetValueOrDefault(l["pack"].Text ?? "", ""))))]);
    }

    /// <summary>Packs used, with licence and hash.</summary>
    public static Table Packs(PageContext at, Spot account) => new("packs", at.L("report.packs"),
    [
        new("pack", at.L("web.col.pack")), new("edition", at.L("web.col.edition")),
        new("publisher", at.L("web.col.publisher")), new("licence", at.L("web.col.licence")),
        new("sha256", "SHA-256"),
    ], [.. account["packs"].Items.Select(p => Row.Of(
        new Words(p["title"].In(at.Text.Language)) { Key = p["id"].Text, Below = p["id"].Text },
        new Words(p["edition"].Text ?? ""), new Words(p["publisher"].Text ?? ""),
        new Words(p["licence"].Text ?? ""),
        new Words(Show.Hash(p["sha256"].Text ?? "")) { Key = p["sha256"].Text, Class = "mono nb" }))]);

    /// <summary>What must be said wherever figures of the packs are shown.</summary>
    public static IEnumerable<Sentence> Attributions(PageContext at, Spot account) => account["packs"].Items
        .Select(p => p["attribution"].Text).OfType<string>().Where(a => a.Length > 0).Distinct()
        .Select(Sentence.Of);

    /// <summary>Every file that came in, with its hash; what was withdrawn says so.</summary>
    public static Table Files(PageContext at) => new("evidence", at.L("report.evidence"),
    [
        new("file", at.L("web.col.file")), new("received", at.L("web.col.time")),
        new("batch", at.L("web.col.batch"), Align.Number), new("sha256", "SHA-256"),
    ], [.. at.Books.Evidence(0, int.MaxValue).OrderBy(f => f.Batch)
        .ThenBy(f => f.Name, StringComparer.Ordinal).Select(f => Row.Of(
        new Words(f.Name)
        {
            Below = f.Withdrawn is null ? null : at.L("web.evidence.withdrawn", ("reason", f.Withdrawn)),
        },
        new Words(Show.Time(f.Received)) { Key = f.Received.ToString(), Class = "nb" },
        new Web.Plain(f.Batch),
        new Words(f.Sha256) { Class = "mono hash" }))]);

    /// <summary>What waits for a fact, with what each answer would add.</summary>
    public static Table Questions(PageContext at, Spot account)
    {
        var names = new Names(at);
        return new Table("questions", at.L("report.questions"),
        [
            new("what", at.L("web.col.what")), new("quantity", at.L("web.col.quantity"), Align.Number),
            new("fact", at.L("report.col.missing")), new("options", at.L("report.col.would")),
        ], [.. account["questions"].Items.Select(q => Row.Of(
            new Words(q["label"].In(at.Text.Language)) { Below = InventoryTables.Flow(names, q) },
            q["quantity"].Cell(at, withUnit: true),
            new Words(q["title"].In(at.Text.Language)) { Key = q["fact"].Text },
            new Words(string.Join(" · ", q["options"].Items.Where(o => o["kgco2e"].Exists)
                .Select(o => $"{names.OfAnswer(q["fact"].Text, o["value"].Text)} {o["kgco2e"].Say()}")))))]);
    }

    /// <summary>Supplies that are not wholly known over the period.</summary>
    public static Table Gaps(PageContext at, Spot account)
    {
        var names = new Names(at);
        string Months(Spot months) => string.Join(at.L("web.listComma"), months.Items.Select(m =>
            MonthSpan.TryParse(m.Text, out var span) ? Show.Months(at.Text, span) : m.Text ?? ""));
        return new Table("gaps", at.L("report.gaps"),
        [
            new("supply", at.L("report.col.supply")), new("site", at.L("web.col.site")),
            new("percent", at.L("report.col.known"), Align.Number),
            new("missing", at.L("report.col.missingMonths")), new("partly", at.L("report.col.partly")),
        ], [.. account["coverage"].Items.Where(c => c["percent"].Text != "100").Select(c => Row.Of(
            new Words(names.OfResource(c["resource"].Text ?? ""))
            {
                Key = $"{c["from"].Text}|{c["to"].Text}|{c["resource"].Text}|{c["point"].Text}",
                Below = InventoryTables.Flow(names, c),
            },
            new Words(names.OfSite(c["site"].Text ?? "")),
            Amount.TryParse(c["percent"].Text ?? "", out var percent) ? new Web.Plain(percent) { Unit = "%" }
                : new Unknown(),
            new Words(Months(c["missing"])), new Words(Months(c["incomplete"]))))]);
    }

    /// <summary>Parts of a total with their share.</summary>
    public static Table Shares(PageContext at, IReadOnlyList<Spot> shares, string id,
        Func<string, string> name) => new(id, at.L($"report.{id}"),
    [
        new("part", at.L("report.col.part")), new("lines", at.L("report.col.lines"), Align.Number),
        new("kgco2e", at.L("web.col.tonnes"), Align.Number),
        new("percent", at.L("web.col.share"), Align.Number),
    ], [.. shares.Select(s => Row.Of(
        new Words(name(s["code"].Text ?? "")) { Key = s["code"].Text },
        new Words(s["lines"].Text ?? ""), s["kgco2e"].Cell(at), ReportTables.Percent(at, s["percent"])))]);

    /// <summary>Lines that were recorded after closing.</summary>
    public static Table Adjustments(PageContext at, Spot account)
    {
        var names = new Names(at);
        var all = account["adjustments"];
        var lines = all["scope1"]["lines"].Items.Select(l => ("1", l))
            .Concat(all["scope2"]["location"]["lines"].Items.Select(l => ("2", l)))
            .Concat(all["scope3"]["lines"].Items.Select(l => ("3", l)));
        return new Table("adjustments", at.L("report.adjustments"),
        [
            new("scope", at.L("web.col.scope")), new("line", at.L("web.col.line")),
            new("period", at.L("web.col.period")), new("quantity", at.L("web.col.quantity"), Align.Number),
            new("kgco2e", at.L("web.col.tonnes"), Align.Number),
        ], [.. lines.Select(l => Row.Of(new Words(l.Item1), new Words(l.Item2["label"].In(at.Text.Language))
            { Below = names.OfSite(l.Item2["site"].Text ?? "") },
            new Words(InventoryTables.Months(at, l.Item2)), l.Item2["quantity"].Cell(at, withUnit: true),
            l.Item2["kgco2e"].Cell(at)))]);
    }

    /// <summary>What differs from the answers kept at closing: old, new, why.</summary>
    public static Table Changes(PageContext at, Spot account)
    {
        var names = new Names(at);
        return new Table("changes", at.L("report.changes"),
        [
            new("month", at.L("web.field.month")), new("line", at.L("web.col.line")),
            new("old", at.L("report.col.old"), Align.Number),
            new("new", at.L("report.col.new"), Align.Number),
            new("difference", at.L("report.col.difference"), Align.Number),
            new("why", at.L("web.col.because")),
        ], [.. account["changes"].Items.Select(c => Row.Of(
            new Words(MonthSpan.TryParse(c["month"].Text, out var m) ? Show.Months(at.Text, m) : "")
            { Key = c["month"].Text },
            new Words(at.L("report.changes.line", ("scope", at.L($"report.scope.{c["scope"].Text}")),
                ("resource", names.OfResource(c["resource"].Text ?? "")),
                ("site", names.OfSite(c["site"].Text ?? "")))),
            c["old"].Exists ? c["old"].Cell(at) : Cell.Empty,
            c["new"].Exists ? c["new"].Cell(at) : Cell.Empty, c["difference"].Cell(at),
            new Words(string.Join(at.L("web.listComma"), c["why"].Items.Select(w =>
                at.L($"report.why.{w.Text}"))))
            {
                Below = c["newFactor"].Exists && c["oldFactor"].Text != c["newFactor"].Text
                    ? $"{c["oldFactor"].Text} → {c["newFactor"].Text}" : null,
            }))]);
    }
}
