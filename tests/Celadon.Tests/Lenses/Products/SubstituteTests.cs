using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Products;

/// <summary>What may stand in for listed substances: sourced, by use, no listed one unsaid.</summary>
public class SubstituteTests
{
    private static readonly EcoDesignQuestion Question = new();

    private static IReadOnlyList<SubstituteRow> Rows { get; } =
        [.. ProjectPacks.Library.Packs.SelectMany(p => p.Substitutes)];

    [Fact]
    public void Every_row_has_a_source_an_address_and_a_listed_substance()
    {
        Assert.Equal(43, Rows.Count);
        var listed = ProjectPacks.Library.Packs.SelectMany(p => p.Substances).Select(s => s.Cas)
            .Concat(ProjectPacks.Library.Packs.SelectMany(p => p.SubstanceMembers).Select(m => m.Cas))
            .ToHashSet();
        Assert.All(Rows, row =>
        {
            Assert.False(string.IsNullOrWhiteSpace(row.Source));
            Assert.NotEmpty(row.Links);
            Assert.Contains(row.Substance, listed);
            Assert.NotEqual(row.Substance, row.Cas);
            Assert.NotEqual(FactorStatus.General, row.Status);
        });
    }

    /// <summary>
    /// Put into a part, every substitute that has a number and stands on a list is a finding of those that it
    /// stands in for: what the lens says of it as a substitute is what it says of it as an ingredient.
    /// </summary>
    [Fact]
    public void A_substitute_on_a_list_is_flagged_wherever_it_is_named()
    {
        var flagged = new HashSet<string>();
        foreach (var row in Rows)
        {
            var answer = Ask(row.Substance, "1");
            var lists = row.Cas.Length == 0 ? [] : Report(Ask(row.Cas, "1")).Substances
                .Select(s => s.List).Distinct().Order().ToArray();
            var named = Report(answer).Substitutes.Single(s => s.Id == $"substitutes:{row.Id}");
            Assert.Equal(lists, named.Listed);
            Assert.Equal(lists.Length > 0, answer.Findings.Any(f => f.Code == "products.ecodesign.regrettable"
                && f.Args["substitute"] == row.Cas && f.Args["substance"] == row.Substance));
            if (lists.Length > 0) flagged.Add(row.Id);
        }
        Assert.Equal(["dbp/most/dibp", "deca-bde/enclosures/tphp", "deca-bde/furniture/dechlorane-plus",
            "deca-bde/plastics/dbdpe"], flagged.Order());
    }

    /// <summary>The cable's DEHP stands on two lists; its eight substitutes stand once, by use.</summary>
    [Fact]
    public void The_worked_example_names_substitutes_by_use_and_says_where_none_is_known()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        var report = Report(answer);
        Assert.All(report.Substances.Where(s => s.Part == "Cable sheath"), s =>
            Assert.Equal(8, s.Substitutes.Length));
        var dehp = report.Substitutes.Where(s => s.For == "117-81-7").ToList();
        Assert.Equal(["Flexible PVC", "Medical devices of flexible PVC"],
            dehp.Select(s => s.Use!.En).Distinct().Order());
        var dinch = dehp.Single(s => s.Id == "substitutes:dehp/pvc/dinch");
        Assert.Equal(("166412-78-8", SubstituteStanding.Assessed, "2010"),
            (dinch.Cas, dinch.Standing, dinch.Published));
        Assert.All(report.Substances.Where(s => s.Part == "Adhesive"), s => Assert.Empty(s.Substitutes));
        var none = Assert.Single(answer.Findings, f => f.Code == "products.ecodesign.noSubstitute");
        Assert.Equal(("Adhesive", "84-69-5"), (none.Args["part"], none.Args["substance"]));
        Assert.Equal(report.Substitutes.Length, report.Substitutes.Select(s => s.Id).Distinct().Count());
        Assert.All(report.Substances.SelectMany(s => s.Substitutes), id =>
            Assert.Contains(report.Substitutes, s => s.Id == id));
        Assert.Equal(3, answer.Findings.Count(f => f.Code == "products.ecodesign.regrettable"));
    }

    /// <summary>
    /// A row for the family holds for its members; of the family stated as a whole nobody knows the members.
    /// </summary>
    [Theory]
    [InlineData("1163-19-5", "deca-bde/plastics/dbdpe", true)]
    [InlineData("1163-19-5", "pbde/abs/blends", true)]
    [InlineData("5436-43-1", "pbde/abs/blends", true)]
    [InlineData("5436-43-1", "deca-bde/plastics/dbdpe", false)]
    [InlineData("polybrominated-diphenyl-ethers", "deca-bde/plastics/dbdpe", true)]
    [InlineData("25637-99-4", "hbcdd/polystyrene/copolymer", true)]
    [InlineData("117-81-7", "pbde/abs/blends", false)]
    public void Rows_hold_for_groups_and_members(string cas, string row, bool isNamed) => Assert.Equal(
        isNamed, Report(Ask(cas, "1")).Substitutes.Any(s => s.Id == $"substitutes:{row}"));

    /// <summary>Below the limit a substance may stay; what is known of substitutes stands there all the
    /// same.</summary>
    [Fact]
    public void Nothing_is_missed_where_the_limit_is_kept()
    {
        var answer = Ask("84-69-5", "0.1");
        Assert.DoesNotContain(answer.Findings, f => f.Code == "products.ecodesign.noSubstitute");
        Assert.NotEmpty(Report(Ask("117-81-7", "0.1")).Substitutes);
    }

    [Fact]
    public void Findings_name_substances_lists_and_criteria_in_both_languages()
    {
        var findings = Ask("84-74-2", "1").Findings;
        var regrettable = findings.Single(f => f.Code == "products.ecodesign.regrettable");
        Assert.Equal("Diisobutyl phthalate (DIBP) 84-69-5, which is said to stand in for Dibutyl phthalate "
            + "(DBP) 84-74-2, stands on a list itself: EU RoHS, REACH candidate list.",
            Names(Catalogue.English).Render(regrettable));
        Assert.Equal("据来源可替代 邻苯二甲酸二丁酯（DBP） 84-74-2 的 邻苯二甲酸二异丁酯（DIBP） 84-69-5 "
            + "本身也在清单上：欧盟 RoHS、REACH 候选清单。", Names(Catalogue.Chinese).Render(regrettable));
        var open = findings.Single(f => f.Code == "products.ecodesign.open");
        Assert.DoesNotContain("use/energy", Names(Catalogue.Chinese).Render(open), StringComparison.Ordinal);

        static CodeNames Names(Catalogue text) => new(ProjectPacks.Library, text);
    }

    private static Answer Ask(string cas, string percent) => Asking.Ask(Question, $$"""
        { "product": "x", "parts": [ { "name": "p",
          "substances": [ { "cas": "{{cas}}", "percent": "{{percent}}" } ] } ] }
        """, ProjectPacks.Library);

    private static EcoDesignReport Report(Answer answer) => (EcoDesignReport)answer.Report;
}
