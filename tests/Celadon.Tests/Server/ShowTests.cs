using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Tests.Server;

/// <summary>How stored numbers are written for people.</summary>
public sealed class ShowTests
{
    [Theory]
    [InlineData("9,999", "9,999")]
    [InlineData("10,000", "1.00 万")]
    [InlineData("518,528 kWh", "51.85 万 kWh")]
    [InlineData("+12,345.6 t", "+1.23 万 t")]
    [InlineData("−52,100 t", "−5.21 万 t")]
    [InlineData("123,456,789", "1.23 亿")]
    [InlineData("98%", "98%")]
    [InlineData("无记录", "无记录")]
    [InlineData("", "")]
    public void Large_numbers_are_grouped_in_ten_thousands_and_keep_their_sign_and_unit(
        string shown, string grouped) => Assert.Equal(grouped, Show.Grouped(Catalogue.Chinese, shown));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("-0.13094", "-0.1309")]
    [InlineData("23.17164", "23.2")]
    [InlineData("629.9509", "630")]
    [InlineData("540400.4415856", "540,400")]
    public void Three_digits_or_all_before_the_point(string amount, string shown) =>
        Assert.Equal(shown.Replace('-', '−'), Show.Short(Amount.Parse(amount)).Replace('-', '−'));
}
