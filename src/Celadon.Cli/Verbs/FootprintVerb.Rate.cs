using System.CommandLine;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// What a footprint of the books says of its data, put into a statement before it is kept: the share of
/// primary data, and PACT's three ratings where all of the footprint is rated.
/// </summary>
internal sealed partial class FootprintVerb
{
    /// <summary>Decimals of a share and of a rating in a statement.</summary>
    private const int StatedScale = 2;

    private readonly Option<string> _spec = new("--in") { Required = true };
    private readonly Option<string?> _rated = new("--product");

    private Command Rate()
    {
        var rate = new Command("rate");
        rate.Arguments.Add(_file);
        rate.Options.Add(_spec);
        rate.Options.Add(_rated);
        rate.Options.Add(_out);
        return rate;
    }

    private async Task<int> Rated(VerbContext context, ParseResult parsed,
        ProductFootprintStatement statement, CancellationToken cancel)
    {
        using var lease = context.Open();
        var report = (FootprintReport)lease.Workspace.Ask(Questions.Get("products.footprint"),
            Specs.Read(parsed.GetValue(_spec), context), cancel: cancel).Answer.Report;
        var named = parsed.GetValue(_rated);
        if (report.Products.Where(p => named is null || p.Product == named).ToList() is not [var product])
            throw RefusedException.Of("footprint.rate.product", ("products",
                string.Join(", ", report.Products.Select(p => p.Product))));
        var quality = product.Quality?.Stated;
        if (quality is null) context.Print(Finding.Of("footprint.rate.notWhole", Severity.Warning, null,
            ("product", product.Product)));
        var said = statement with
        {
            Pcf = statement.Pcf with
            {
                PrimaryPercent = product.Measured.Value.Round(StatedScale),
                Quality = quality is null ? statement.Pcf.Quality : new DataQuality(
                    quality.Technology?.Round(StatedScale), quality.Geography?.Round(StatedScale),
                    quality.Time?.Round(StatedScale)),
            },
        };
        var text = StatementText.Pact(said, indented: true);
        if (parsed.GetValue(_out) is { } to)
            await File.WriteAllTextAsync(Path.GetFullPath(to, context.Folder), text, cancel);
        else context.Out.WriteLine(text);
        return Done;
    }
}
