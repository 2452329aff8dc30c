namespace Celadon.Tests.House;

public class CSharpSourceTests
{
    [Theory]
    [InlineData("a(\"b\"); // \"c\"", "b")]
    [InlineData("/* \"a\" */ x(\"b\\\"c\")", "b\"c")]
    [InlineData("@\"a\"\"b\"", "a\"b")]
    [InlineData("'\"' + \"a\" + '\\''", "a")]
    [InlineData("\"\\u4e2d\"", "中")]
    [InlineData("$\"a {x(\"b\")} c {y:0.0} d\"", "a |b| c | d")]
    [InlineData("$\"a{{b}}{c}\"", "a{b}|")]
    [InlineData("\"\"\"a \"b\" {c}\"\"\"", "a \"b\" {c}")]
    [InlineData("$$\"\"\"a{b}{{c}}d\"\"\"", "a{b}|d")]
    [InlineData("$\"{(a ? \"b\" : \"c\")}\"", "|b|c|")]
    public void Literals_are_told_from_code(string code, string literals) => Assert.Equal(literals,
        string.Join('|', CSharpSource.Read(code).Literals.OrderBy(l => l.At).Select(l => l.Text)));

    [Fact]
    public void Comments_and_the_insides_of_literals_are_blank_and_lines_stay()
    {
        var text = "a(\"{\"); // {\n/* {\n */ b('{');\n";
        var code = CSharpSource.Read(text).Code;
        Assert.Equal(text.Length, code.Length);
        Assert.Equal(3, code.Count(c => c == '\n'));
        Assert.DoesNotContain('{', code);
    }
}
