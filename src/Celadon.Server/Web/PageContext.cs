using System.Globalization;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>
/// What every page is made from: the books, the language, and the state that stands in the URL.
/// </summary>
public sealed class PageContext
{
    private readonly IQueryCollection _query;

    internal PageContext(HttpContext http, Books books, ServeOptions options, string path)
    {
        Http = http;
        Books = books;
        Options = options;
        Path = path;
        _query = http.Request.Query;
        Text = Catalogue.For(http.GetRouteValue("lang") as string);
        Site = _query["site"].ToString() is { Length: > 0 } site
            && books.Registers.Find<Registers.Site>(site) is not null ? site : null;
        Default = books.UsualPeriod;
        Period = MonthSpan.TryParse(_query["period"], out var asked) ? asked : Default;
    }

    /// <summary>The request.</summary>
    public HttpContext Http { get; }

    /// <summary>The books.</summary>
    public Books Books { get; }

    /// <summary>How the server was started.</summary>
    public ServeOptions Options { get; }

    /// <summary>Path without language and twin: "/ledger/records".</summary>
    public string Path { get; }

    /// <summary>The text catalogue of the page's language.</summary>
    public Catalogue Text { get; }

    /// <summary>Id of the chosen site; null for all.</summary>
    public string? Site { get; }

    /// <summary>The chosen months; null in an empty workspace.</summary>
    public MonthSpan? Period { get; }

    /// <summary>The months shown when the URL names none.</summary>
    public MonthSpan? Default { get; }

    /// <summary>"light" or "dark" when the reader chose one; null follows the system.</summary>
    public string? Theme => Http.Request.Cookies["celadon-theme"] is "light" or "dark"
        ? Http.Request.Cookies["celadon-theme"] : null;

    /// <summary>The ways to show numbers that a reader can choose: name and value.</summary>
    internal static readonly (string Name, string Value)[] Choices = [("numbers", "wan"), ("energy", "tce")];

    /// <summary>True where large computed numbers are written in 万 and 亿; in 中文 alone.</summary>
    public bool InWan => !IsFile && Text.Language == "zh" && Http.Request.Cookies["celadon-numbers"] == "wan";

    /// <summary>True where energy is summed in tonnes of coal equivalent.</summary>
    public bool InTce => Http.Request.Cookies["celadon-energy"] == "tce";

    /// <summary>What stands around the page; set before a page is shown as HTML.</summary>
    public Frame Frame { get; internal set; } = null!;

    /// <summary>A part of the URL's query, or null when absent or empty.</summary>
    public string? this[string name] => _query[name].ToString() is { Length: > 0 } value
        ? name == "spec" ? SpecAddress.Read(value) : value : null;

    /// <summary>A whole number of the URL's query within bounds, or null.</summary>
    public long? Number(string name, long least = 0, long most = long.MaxValue) =>
        long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most ? number : null;

    /// <summary>What codes of answers and findings are called in the page's language.</summary>
    public Packs.CodeNames Codes => field ??= new Packs.CodeNames(Books.Library, Text)
    {
        InBooks = (argument, code) => argument == "at" && LabelOf(code) is { } label
            ? L("web.field.named", ("field", label)) : new Names(this).OfArgument(argument, code),
    };

    /// <summary>
    /// What the page calls the field that a place in a spec comes from; null where it has none.
    /// </summary>
    public Func<string, string?> LabelOf { get; internal set; } = _ => null;

    /// <summary>
    /// What to do about a finding: where a field of the page cannot be read, that field and not the spec.
    /// </summary>
    public string? Remedy(Finding finding) => finding.Place?.Pointer is { } pointer
        && finding.Code.StartsWith("ask.spec.", StringComparison.Ordinal) && LabelOf(pointer) is { } label
        ? L("web.field.mend", ("field", label)) : Text.Remedy(finding);

    /// <summary>A text of the catalogue.</summary>
    public string L(string key, params (string Name, object Value)[] args) => Text.Text(key, args);

    /// <summary>A page in this language with the chosen site and period, and more query.</summary>
    public string Link(string path, params (string Name, string? Value)[] query) =>
        To(Text.Language, path, [("site", Site), ("period", ChosenPeriod), .. query]);

    /// <summary>This very page with parts of its query changed; a null removes the part.</summary>
    public string Here(params (string Name, string? Value)[] changes) => Here(Text.Language, changes);

    /// <summary>True on a page that says why a sum is what it is.</summary>
    public bool IsReason => Path.StartsWith("/why/", StringComparison.Ordinal);

    /// <summary>
    /// This page for another site or period; null for all sites and the usual months. A sum of one site and
    /// period need not be there in another: its reason leads to the first page.
    /// </summary>
    public string For(string name, string? value) => !IsReason ? Here((name, value))
        : To(Text.Language, "/today", [("site", name == "site" ? value : Site),
            ("period", name == "period" ? value : ChosenPeriod)]);

    /// <summary>This very page in a language.</summary>
    public string Here(string language, params (string Name, string? Value)[] changes) => To(language, Path,
        [.. _query.Where(q => Array.TrueForAll(changes, c => c.Name != q.Key) && q.Key is not "part")
            .Select(q => (q.Key, (string?)q.Value.ToString())), .. changes]);

    /// <summary>Another page with the query of this one, parts of it changed.</summary>
    public string Beside(string path, params (string Name, string? Value)[] changes) => To(Text.Language,
        path, [.. Kept(changes), .. changes]);

    private IEnumerable<(string Name, string? Value)> Kept((string Name, string? Value)[] changes) =>
        _query.Where(q => Array.TrueForAll(changes, c => c.Name != q.Key) && q.Key is not "part")
            .SelectMany(q => q.Value.Select(v => (q.Key, v)));

    /// <summary>A twin of this page: "json", "csv".</summary>
    public string Twin(string kind, string? table = null)
    {
        var here = Here(("table", table));
        var query = here.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? $"{here}.{kind}" : $"{here[..query]}.{kind}{here[query..]}";
    }

    /// <summary>
    /// Where a number explains itself when the page is written as a file of its own; null on the web.
    /// </summary>
    internal Func<Asked, string, string>? Explains { get; set; }

    /// <summary>True when the page is written as a file of its own: no other page can be reached.</summary>
    public bool IsFile => Explains is not null;

    /// <summary>The page that explains a number of an answer; in a file the place that does.</summary>
    public string Why(Asked asked, string pointer) => Explains is { } place ? place(asked, pointer) :
        Link("/why", ("question", asked.Question.Name), ("spec", SpecAddress.Packed(asked.SpecJson)),
        ("number", pointer), ("at", At));

    /// <summary>The position asked for in the URL, or null for now.</summary>
    public string? At => this["at"];

    private string? ChosenPeriod => Period is { } period && period != Default ? period.ToString() : null;

    private static string To(string language, string path, IEnumerable<(string Name, string? Value)> query)
    {
        var builder = new QueryBuilder(query.Where(q => !string.IsNullOrEmpty(q.Value))
            .Select(q => KeyValuePair.Create(q.Name, q.Value!)));
        var rest = builder.ToQueryString().Value?.Replace("%2F", "/", StringComparison.Ordinal);
        return $"/{language}{new PathString(path).ToUriComponent()}{rest}";
    }
}
