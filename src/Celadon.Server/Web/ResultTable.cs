using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Server.Web;

/// <summary>A page whose whole answer can be had as a workbook.</summary>
public interface IHasWorkbook
{
    /// <summary>What the numbers are of: amount, method, database, edition; none while nothing is answered.
    /// </summary>
    IReadOnlyList<(string Name, string Value)> About { get; }
}

/// <summary>
/// The results of an answer in one list, a number a row, each with its unit, method, database and edition: to
/// be filtered and pivoted where the page's own tables are not at hand.
/// </summary>
internal sealed class ResultTable(PageContext at, PackHeader? database, string method)
{
    /// <summary>Its name among the tables of a page.</summary>
    public const string Id = "results";

    private readonly List<Row> _rows = [];

    /// <summary>Adds a number; what is not there is left out.</summary>
    /// <param name="part">Which part of the answer, by its sheet: "scores", "tree".</param>
    /// <param name="category">The impact category.</param>
    /// <param name="key">What the number is of, as the answer has it.</param>
    /// <param name="name">The same for people.</param>
    /// <param name="number">The number.</param>
    public void Add(string part, string category, string? key, string name, Spot number)
    {
        if (number.Value is not { } value) return;
        _rows.Add(Row.Of(new Words(at.L($"web.sheet.{part}")) { Key = part }, new Words(category),
            new Words(key ?? ""), new Words(name),
            new Number(value, number.Unit, value.ToString(), at.Why(number.Asked, number.Pointer)),
            new Words(number.Unit), new Words(method), new Words(database?.Id ?? ""),
            new Words(database?.Edition ?? ""), new Words(Workspace.Program)));
    }

    /// <summary>All of them.</summary>
    public Table Table => new(Id, at.L("web.sheet.results"),
        [.. ((string[])["part", "category", "key", "name", "value", "unit", "method", "database", "edition",
            "program"]).Select(c => new Column(c, at.L($"web.result.{c}"),
                c == "value" ? Align.Number : Align.Text))], _rows);

    /// <summary>What an answer is of, for the first sheet of its workbook.</summary>
    public static IEnumerable<(string Name, string Value)> AboutOf(PageContext at, string title, Asked asked,
        PackHeader? database, string method) =>
    [
        (at.L("web.about.title"), title), (at.L("web.about.method"), method),
        .. database is null ? [] : new[]
        {
            (at.L("web.about.database"), database.Title.In(at.Text.Language, database.Id)),
            (at.L("web.about.edition"), $"{database.Id} {database.Edition}"),
            (at.L("web.about.source"), database.Source),
            (at.L("web.about.licence"), database.Licence.Name),
        },
        .. database?.SourceSha256 is { } hash ? [(at.L("web.about.sha256"), hash)]
            : Array.Empty<(string, string)>(),
        (at.L("web.about.question"), asked.Question.Name), (at.L("web.about.spec"), asked.SpecJson),
        (at.L("web.about.position"), Celadon.Text.Catalogue.Number(asked.Position)),
        (at.L("web.about.head"), asked.Head), (at.L("web.about.program"), Workspace.Program),
        .. asked.Answer.Findings.Select(f => (at.L("web.about.finding"), at.Codes.Render(f))),
    ];
}
