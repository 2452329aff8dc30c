using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>
/// A year's inventory as a page of text: totals in tonnes, by scope and site, and what is still open.
/// </summary>
internal static class AccountText
{
    /// <summary>Writes the account.</summary>
    public static void Write(VerbContext context, Asked asked)
    {
        var (text, report) = (context.Text, (InventoryReport)asked.Answer.Report);
        context.Out.WriteLine();
        context.Out.WriteLine(text.Text("account.title", ("period", report.Period),
            ("gwp", report.Gwp.ToString().ToUpperInvariant())));
        context.Out.WriteLine(text.Text("answer.position", ("position", asked.Position),
            ("head", asked.Head)));
        context.Out.WriteLine();
        Table.Write(context.Out, [[text.Text("account.scope"), "t CO2e", ""], .. Totals(text, report)],
            "lrl");
        Table.Write(context.Out, [
            [text.Text("account.site"), text.Text("account.scope1"), text.Text("account.scope2Location"),
                text.Text("account.scope2Market"), text.Text("account.scope3")],
            .. report.Sites.Where(s => s.Included).Select(s => (string[])[s.Name.In(text.Language, s.Site),
                Tonnes(s.Scope1?.Value), Tonnes(s.Scope2Location?.Value), Tonnes(s.Scope2Market?.Value),
                Tonnes(s.Scope3?.Value)]),
        ], "lrrrr");
        context.Out.WriteLine(text.Text("account.open", ("unknown", report.Unknown.Length),
            ("questions", report.Questions.Length), ("caveats", report.Caveats.Length)));
        context.Out.WriteLine(text.Text("account.why"));
        context.Out.WriteLine();
    }

    private static IEnumerable<string[]> Totals(Catalogue text, InventoryReport report)
    {
        yield return Row(text, "account.scope1", report.Scope1.Total);
        yield return Row(text, "account.scope2Location", report.Scope2.Location.Total);
        yield return Row(text, "account.scope2Market", report.Scope2.Market.Total);
        yield return Row(text, "account.scope3", report.Scope3.Total);
        foreach (var category in report.Scope3.Categories)
            yield return [$"  3.{category.Category} {category.Title.In(text.Language, "")}",
                Tonnes(category.Total.Kgco2e.Value), Partial(text, category.Total)];
        yield return Row(text, "account.biogenic", report.Biogenic.Total);
    }

    private static string[] Row(Catalogue text, string key, InventoryTotal? total) =>
        [text.Text(key), Tonnes(total?.Kgco2e.Value), Partial(text, total)];

    private static string Partial(Catalogue text, InventoryTotal? total) =>
        total is { Partial: true } ? text.Text("account.partial") : "";

    /// <summary>Kilograms as tonnes with three decimals; a dash where nothing is known.</summary>
    private static string Tonnes(Amount? kilograms) =>
        kilograms is { } known ? Catalogue.Number((known * Amount.From(1, 3)).Round(3)) : "–";
}
