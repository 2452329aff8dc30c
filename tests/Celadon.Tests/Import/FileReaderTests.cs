using System.Text;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using CsCheck;

namespace Celadon.Tests.Import;

/// <summary>
/// Bytes become cells: encodings and delimiters by proof, quotes and line ends as they come.
/// </summary>
public sealed class FileReaderTests
{
    private static string[][] Cells(FileContent content)
    {
        var sheet = Assert.Single(content.Sheets);
        return [.. Enumerable.Range(0, sheet.RowCount).Select(r =>
            Enumerable.Range(0, sheet.Width(r)).Select(c => sheet.Text(r, c).ToString()).ToArray())];
    }

    [Theory]
    [InlineData("UTF-8", "UTF-8", "电量,£5\n")]
    [InlineData("UTF-16", "UTF-16LE", "电量,£5\n")]
    [InlineData("UTF-16BE", "UTF-16BE", "电量,£5\n")]
    [InlineData("GB18030", "GB18030", "日期,用电量（千瓦时）\n")]
    [InlineData("Windows-1252", "Windows-1252", "Café,£5 at 20°C\n")]
    public void The_encoding_is_found_by_proof(string written, string expected, string text)
    {
        _ = Ugly.Gb18030;
        var content = FileReader.Read(Ugly.File("a.csv", text, Encoding.GetEncoding(written)));
        Assert.Equal(expected, content.Encoding.Replace(" BOM", "", StringComparison.Ordinal));
        Assert.Equal(text.TrimEnd('\n').Split(','), Cells(content)[0]);
    }

    [Theory]
    [InlineData("a;b;c\n1,5;2,5;3\n", ';')]
    [InlineData("a\tb\n1,5\t2,5\n", '\t')]
    [InlineData("a|b\n1|2\n", '|')]
    [InlineData("a，b\n1，2\n", '，')]
    [InlineData("sep=;\na;b\n1;2\n", ';')]
    [InlineData("\"a;b\",c\n1,2\n", ',')]
    public void The_delimiter_is_the_sign_every_line_has_as_often(string text, char delimiter) =>
        Assert.Equal(delimiter, FileReader.Read(Ugly.File("a.csv", text)).Delimiter);

    [Fact]
    public void Quotes_hold_delimiters_line_breaks_and_quotes()
    {
        var content =
            FileReader.Read(
            Ugly.File("a.csv", "\"Usage\r\n(kWh)\",\"say \"\"hi\"\"\",x\r\n1,\"2,5\",\r3,,4"));
        Assert.Equal([["Usage\r\n(kWh)", "say \"hi\"", "x"], ["1", "2,5"], ["3", "", "4"]], Cells(content));
        Assert.Equal(3, content.Sheets[0].RowNumber(2));
    }

    [Fact]
    public void A_quote_that_never_closes_costs_its_row_and_no_other()
    {
        var content = FileReader.Read(Ugly.File("a.csv", "a,b\n1,\"12\" pipe\n2,\"open\n3,x\n"));
        Assert.Equal([["a", "b"], ["1", "12 pipe"], ["2", "\"open"], ["3", "x"]], Cells(content));
        Assert.Equal(("import.quote.open", 3), (content.Findings[0].Code, content.Findings[0].Place!.Row));
    }

    [Fact]
    public void What_is_written_as_rfc_4180_is_read_back()
    {
        var cell = Gen.String[Gen.Char["ab ,;\"\n\r1.x"], 0, 6];
        cell.Array[2, 5].Array[1, 8].Sample(rows =>
        {
            // The last cell of a row is never empty, because empty ends of rows are dropped.
            var written =
                rows.Select(row => row.Select((c, i) => i == row.Length - 1 ? c + "x" : c).ToArray())
                .ToArray();
            var text = string.Concat(written.Select(row => string.Join(',', row.Select(Quote)) + "\r\n"));
            var findings = new List<Celadon.Text.Finding>();
            var sheet = DelimitedText.Read("a.csv", text.ToCharArray(), ',', 0, ReadLimits.Default, findings,
                ImportPace.Unheard);
            return findings.Count == 0 && sheet.RowCount == written.Length
                && Enumerable.Range(0, written.Length)
                .All(r =>
                Enumerable.Range(0, written[r].Length)
                .All(c => sheet.Text(r, c).SequenceEqual(written[r][c])));
        });

        static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [Fact]
    public void A_workbook_keeps_dates_times_and_exact_numbers()
    {
        var content = FileReader.Read(Ugly.Workbook("a.xlsx",
            [["When", "kWh"], ["@45931.010416666664", "=41198.60"], ["@1", "=1E-3"], ["@60", "=7"]]));
        var sheet = content.Sheets[0];
        Assert.Equal(("2025-10-01 00:15:00", CellKind.Date), (sheet.Value(1, 0), sheet.Kind(1, 0)));
        Assert.Equal("41198.60", sheet.Value(1, 1));
        Assert.Equal("1900-01-01", sheet.Value(2, 0));
        // Day 60 of 1900 never was; the number stays a number.
        Assert.Equal(("60", CellKind.Number), (sheet.Value(3, 0), sheet.Kind(3, 0)));
    }

    [Theory]
    [InlineData("General", "Number")]
    [InlineData("0.00\"h\"", "Number")]
    [InlineData("#,##0 [$kWh]", "Number")]
    [InlineData("yyyy\"年\"m\"月\"", "Date")]
    [InlineData("[$-409]d-mmm-yy;@", "Date")]
    [InlineData("h:mm AM/PM", "Time")]
    [InlineData("[h]:mm:ss", "Time")]
    [InlineData("dd/mm/yyyy hh:mm", "Date")]
    public void A_number_format_says_whether_a_number_is_a_date(string code, string shown) =>
        Assert.Equal(shown, NumberFormats.Meaning(code).ToString());
}
