using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>How many digits the scores of the category shown and their difference are worth.</summary>
internal static class CompareAccuracy
{
    /// <summary>A row a score, and one for the difference.</summary>
    public static Table Of(ComparePage page)
    {
        var at = page.At;
        return new Table("accuracy", at.L("web.compare.accuracy", ("category", page.CategoryName)),
            [
                new("number", at.L("web.compare.accuracy.number")),
                new("value", at.L("web.compare.accuracy.value"), Align.Number),
                new("error", at.L("web.compare.accuracy.error"), Align.Number),
                new("digits", at.L("web.compare.accuracy.digits"), Align.Number),
                new("condition", at.L("web.compare.accuracy.condition"), Align.Number, Secondary: true),
            ],
            [
                .. page.Category["scores"].Items.Select(s => Row.Of(new Words(s["alternative"].Text ?? ""),
                    page.Number(s["score"], true), page.Residual(s["accuracy"]["error"], true),
                    Digits(s["accuracy"]["digits"]), page.Number(s["accuracy"]["condition"]))),
                .. page.Category["differences"].Items.Select(d => Row.Of(new Words(
                    at.L("web.compare.accuracy.less", ("first", d["first"].Text ?? ""),
                        ("second", d["second"].Text ?? ""))), page.Number(d["difference"], true),
                    page.Residual(d["error"], true), Digits(d["digits"]), Cell.Empty)),
            ]);
    }

    private static Plain Digits(Spot count) => new(Amount.Parse(count.Text!));
}
