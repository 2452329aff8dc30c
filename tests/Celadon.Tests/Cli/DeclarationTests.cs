using System.Text.Json.Nodes;
using Celadon.Lenses.Products;

namespace Celadon.Tests.Cli;

/// <summary>"declaration write": what is no declaration is not written unless it is asked for.</summary>
public sealed class DeclarationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-declaration-").FullName;

    private string Out => Path.Combine(_folder, "tile.xml");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The example, without a module in every indicator.</summary>
    private Task<Ran> Write(string? without, params string[] options)
    {
        var spec = JsonNode.Parse(new DeclarationQuestion().Example)!;
        foreach (var indicator in spec["indicators"]!.AsArray())
            if (without is not null) indicator!["values"]!.AsObject().Remove(without);
        File.WriteAllText(Path.Combine(_folder, "tile.json"), spec.ToJsonString());
        return Terminal.Run(_folder, ["declaration", "write", "tile.json", "--out", "tile.xml", .. options]);
    }

    [Fact]
    public async Task A_whole_declaration_is_written()
    {
        (await Write(null)).Ends(0);
        Assert.True(File.Exists(Out));
    }

    [Theory]
    [InlineData("A1-A3")]
    [InlineData("C1")]
    [InlineData("C4")]
    [InlineData("D")]
    public async Task Without_an_obligatory_module_nothing_is_written(string module)
    {
        var ran = (await Write(module)).Ends(1);
        Assert.Contains("--draft", ran.Error + ran.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task A_draft_is_written_when_it_is_asked_for_and_says_so()
    {
        var ran = (await Write("D", "--draft")).Ends(0);
        Assert.Contains("draft", ran.Error + ran.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Out));
    }
}
