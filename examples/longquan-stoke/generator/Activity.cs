using System.Globalization;

namespace LongquanStoke;

/// <summary>
/// A row of a plain activity table: what went from where to where, when, how much, how we know, and what the
/// paper says. Both days are included.
/// </summary>
public sealed record Activity(
    DateOnly First, DateOnly Last, string From, string To, string Resource, decimal Amount, string Unit,
    string Basis, string Document, params (string Name, string Value)[] Facts)
{
    /// <summary>The file it stands in, once written.</summary>
    public string File { get; set; } = "";

    /// <summary>Its row, once written.</summary>
    public int Row { get; set; }

    /// <summary>A fact, or empty when the paper does not say.</summary>
    public string Fact(string name) => Facts.FirstOrDefault(f => f.Name == name).Value ?? "";

    /// <summary>A row of one day.</summary>
    public static Activity On(
        DateOnly day, string from, string to, string resource, decimal amount, string unit, string basis,
        string document, params (string Name, string Value)[] facts) =>
        new(day, day, from, to, resource, amount, unit, basis, document, facts);

    /// <summary>A count of stock: it moves nothing.</summary>
    public static Activity Count(
        DateOnly day, string stock, string resource, decimal amount, string unit, string document,
        params (string Name, string Value)[] facts) =>
        On(day, stock, stock, resource, amount, unit, "measured", document, facts);

    /// <summary>True for a count of stock.</summary>
    public bool IsCount => From == To;

    /// <summary>The mass in tonnes.</summary>
    public decimal Tonnes => Unit switch
    {
        "t" or "吨" => Amount,
        "kg" or "千克" => Amount / 1000m,
        _ => throw new InvalidOperationException($"{Unit} is no mass."),
    };

    /// <summary>The distance in kilometres, or null when the paper does not say.</summary>
    public decimal? Kilometres => Fact("distance") is { Length: > 0 } text
        ? decimal.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) : null;
}

/// <summary>Writes activity tables.</summary>
public static class ActivityTable
{
    /// <summary>The columns every table has; the rest are facts.</summary>
    private static readonly string[] English =
        ["start", "end", "from", "to", "resource", "amount", "unit", "basis", "document"];

    private static readonly string[] Chinese =
        ["开始日期", "结束日期", "来源", "去向", "资源", "数量", "单位", "数据来源", "单据号"];

    private static readonly Dictionary<string, string> Words = new()
    {
        ["diesel"] = "柴油", ["lpg"] = "液化石油气", ["clay"] = "瓷土", ["glaze"] = "釉料", ["water-supply"] = "自来水",
        ["ware"] = "瓷器", ["measured"] = "计量", ["invoiced"] = "发票", ["calculated"] = "计算",
        ["estimated"] = "估算",
        ["stated"] = "陈述", ["payer"] = "运费承担方", ["distance"] = "运距", ["vehicle"] = "车辆", ["density"] = "密度",
        ["method"] = "方法", ["route"] = "处置方式", ["mode"] = "出行方式", ["fuel"] = "燃料", ["price"] = "价格",
        ["purpose"] = "用途", ["time"] = "时刻",
    };

    /// <summary>Writes a table with day-first dates, as the office in Stoke keeps them.</summary>
    public static void British(Papers papers, string file, IReadOnlyList<Activity> rows) =>
        Write(papers, file, rows, English, "dd/MM/yyyy", word => word);

    /// <summary>Writes a table with ISO dates.</summary>
    public static void Iso(Papers papers, string file, IReadOnlyList<Activity> rows) =>
        Write(papers, file, rows, English, "yyyy-MM-dd", word => word);

    /// <summary>Writes a table with Chinese headers and words.</summary>
    public static void InChinese(Papers papers, string file, IReadOnlyList<Activity> rows) =>
        Write(papers, file, rows, Chinese, "yyyy年M月d日", word => Words.GetValueOrDefault(word, word));

    private static void Write(
        Papers papers, string file, IReadOnlyList<Activity> rows, string[] header, string format,
        Func<string, string> say)
    {
        var facts = rows.SelectMany(row => row.Facts.Select(f => f.Name)).Distinct().ToArray();
        var table = new TextTable();
        table.Cells([.. header, .. facts.Select(say)]);
        foreach (var row in rows)
        {
            row.File = file;
            row.Row = table.Cells(
            [
                row.First.ToString(format, CultureInfo.InvariantCulture),
                row.Last.ToString(format, CultureInfo.InvariantCulture),
                row.From, row.To, say(row.Resource), Numbers.Text(row.Amount), row.Unit, say(row.Basis),
                row.Document,
                .. facts.Select(row.Fact),
            ]);
        }
        papers.Add(file, table.ToString());
    }
}
