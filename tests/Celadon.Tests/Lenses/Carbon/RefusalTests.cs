using System.Text.Json.Nodes;
using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>Specs that are refused, each with the finding that says why (V39 and many more).</summary>
public class RefusalTests
{
    public static TheoryData<int, string, string> Cases()
    {
        var data = new TheoryData<int, string, string>();
        foreach (var (row, i) in Table().Select((row, i) => (row, i)))
            data.Add(i, (string)row["question"]!, (string)row["refusal"]!);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_why_and_what_to_do(int row, string question, string refusal) => Assert.Equal(refusal,
        Asking.Refused(CarbonQuestions.All.Single(q => q.Name == question),
            Table()[row]["spec"]!.ToJsonString(),
            ProjectPacks.Library));

    private static List<JsonNode> Table() =>
        [.. JsonNode.Parse(File.ReadAllText(Asking.Beside("refused-specs.json")))!.AsArray().Select(c => c!)];
}
