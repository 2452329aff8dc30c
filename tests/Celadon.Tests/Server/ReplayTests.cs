using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Celadon.Tests.Server;

/// <summary>
/// The command that a page offers to run again is whole: what it names gives the same number.
/// </summary>
public sealed partial class ReplayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_beside_a_number_gives_that_number()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var inventory = await guest.GetStringAsync("/en/carbon/inventory?period=2026-09", Cancel);
        var link = NumberLink().Match(inventory);
        var why = WebUtility.HtmlDecode(await guest.GetStringAsync(
            WebUtility.HtmlDecode(link.Groups[1].Value), Cancel));
        var line = Command().Match(why);
        Assert.True(line.Success, "no command on the page");
        using var content = new StringContent(line.Groups["spec"].Value, Encoding.UTF8, "application/json");
        using var asked = await guest.PostAsync(
            $"/api/explain/{line.Groups["question"].Value}?number={line.Groups["number"].Value}", content,
            Cancel);
        using var answer = JsonDocument.Parse(await asked.Content.ReadAsStringAsync(Cancel));
        var exact = WebUtility.HtmlDecode(link.Groups[2].Value).Split(' ')[0];
        Assert.Contains($"\"{exact.Replace(",", "", StringComparison.Ordinal)}\"",
            answer.RootElement.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("<a class=\"n\" href=\"([^\"]+)\"\\s+title=\"([^\"]+)\"")]
    private static partial Regex NumberLink();

    [GeneratedRegex(
        "echo '(?<spec>[^']+)' \\| celadon explain (?<question>\\S+) --in - --number (?<number>[^\\s<]+)")]
    private static partial Regex Command();
}
