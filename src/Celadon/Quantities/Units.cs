using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Celadon.Quantities;

/// <summary>
/// The units of this field. Sizes are exact: international pound and mile (1959), UK therm (1999
/// regulations), IT calorie for the tonne of oil equivalent (41.868 GJ), 29.3076 GJ for the tonne of coal
/// equivalent (GB/T 2589), mu 亩 = 10,000/15 m².
/// </summary>
public static class Units
{
    private static readonly Dictionary<string, Unit> Codes = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Unit> Names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Codes that another spelling of case would turn into something else: Mg is not mg, a megalitre (ML) is
    /// not a millilitre, an ampere (A) is not a year.
    /// </summary>
    private static readonly HashSet<string> CaseMatters =
        new(StringComparer.Ordinal) { "mg", "Mt", "MW", "m", "mL", "mg/m3", "mg/L", "a", "d", "s" };

    static Units()
    {
        const string energy = "M L2 T-2", power = "M L2 T-3", volume = "L3", area = "L2";
        Add("J", energy, "1", "joule"); Add("kJ", energy, "1000"); Add("MJ", energy, "1000000", "兆焦");
        Add("GJ", energy, "1000000000", "吉焦", "百万千焦"); Add("TJ", energy, "1000000000000");
        Add("Wh", energy, "3600", "W·h"); Add("kWh", energy, "3600000", "kW·h", "千瓦时", "度", "kwhr");
        Add("MWh", energy, "3600000000", "兆瓦时", "千度");
        Add("万kWh", energy, "36000000000", "万千瓦时", "万度", "10^4kWh");
        Add("GWh", energy, "3600000000000"); Add("TWh", energy, "3600000000000000");
        Add("therm", energy, "105505585.257348", "therms");
        Add("mmBtu", energy, "1055055852.62"); Add("kcal", energy, "4186.8", "千卡", "大卡");
        Add("toe", energy, "41868000000", "吨标准油", "吨油当量"); Add("ktoe", energy, "41868000000000");
        Add("tce", energy, "29307600000", "吨标准煤", "吨标煤", "t标煤");
        Add("kgce", energy, "29307600", "千克标准煤", "公斤标准煤", "kg标煤");
        Add("W", power, "1"); Add("kW", power, "1000", "千瓦"); Add("MW", power, "1000000", "兆瓦");
        Add("kVA", "S", "1000", "千伏安"); Add("kVArh", "Q", "1000", "kvarh", "千乏时");
        Add("g", "M", "0.001", "克", "gram"); Add("kg", "M", "1", "千克", "公斤", "kilogram", "kilograms", "kgs");
        Add("t", "M", "1000", "吨", "tonne", "tonnes", "metric ton"); Add("kt", "M", "1000000", "千吨");
        Add("Mt", "M", "1000000000", "百万吨"); Add("Gt", "M", "1000000000000", "十亿吨");
        Add("万t", "M", "10000000", "万吨"); Add("mg", "M", "0.000001", "毫克");
        Add("short ton", "M", "907.18474", "short tons", "US ton"); Add("lb", "M", "0.45359237", "lbs");
        Add("m3", volume, "1", "m³", "m^3", "立方米", "立方", "方", "cubic metres", "cubic meters", "cu m", "cbm");
        Add("L", volume, "0.001", "l", "升", "litre", "litres", "liter", "liters", "ltr", "ltrs");
        Add("mL", volume, "0.000001", "毫升"); Add("kL", volume, "1", "千升");
        Add("千m3", volume, "1000", "千立方米", "million litres"); Add("万m3", volume, "10000", "万立方米", "万m³");
        Add("UK gal", volume, "0.00454609", "imperial gallon", "imperial gallons");
        Add("US gal", volume, "0.003785411784", "US gallon", "US gallons");
        Add("scf", volume, "0.028316846592", "ft3", "cubic feet", "cu ft");
        Add("Nm3", "V", "1", "Nm³", "标准立方米", "标立方米", "标方"); Add("万Nm3", "V", "10000", "万标准立方米");
        Add("m", "L", "1", "metre", "米");
        Add("km", "L", "1000", "公里", "千米", "kilometre", "kilometres", "kilometer");
        Add("mile", "L", "1609.344", "miles", "mi");
        Add("m2", area, "1", "m²", "m^2", "平方米", "㎡", "sq m"); Add("ha", area, "10000", "公顷", "hectare");
        Add("亩", area, "10000/15", "mu"); Add("ft2", area, "0.09290304", "sq ft");
        Add("tkm", "M L", "1000000", "t·km", "t km", "吨公里", "tonne.km", "tonne-km", "tonne km");
        Add("pkm", "N L", "1000", "p·km", "人公里", "passenger.km", "passenger-km", "passenger km");
        Add("h", "T", "3600", "hour", "hours", "小时"); Add("d", "T", "86400", "day", "days", "天", "日");
        Add("s", "T", "1", "秒"); Add("a", "T", "31557600", "year", "years", "年");
        Add("person", "N", "1", "persons", "people", "人", "FTE", "employees");
        Add("piece", "P", "1", "pieces", "件", "个", "pcs", "pc", "只", "套", "units made");
        Add("万piece", "P", "10000", "万件", "万只");
        Add("room-night", "P T", "1", "room per night");
        Add("person-hour", "N T", "3600", "FTE working hour");
        Add("1", "", "1", "number", "ratio"); Add("%", "", "0.01", "percent", "％");
        Add("ppm", "", "0.000001");
        Add("mg/m3", "M L-3", "0.000001", "mg/m³", "毫克/立方米"); Add("mg/L", "M L-3", "0.001", "毫克/升");
        Add("kg/h", "M T-1", "1/3600", "千克/小时"); Add("kg/m3", "M L-3", "1", "kg/m³");
        Add("kg/L", "M L-3", "1000", "kg/l");
        foreach (var currency in (string[])["GBP", "CNY", "EUR", "USD", "KRW", "JPY"])
            Add(currency, "cur:" + currency, "1");
        Alias("GBP", "£"); Alias("CNY", "RMB", "¥", "元", "人民币"); Alias("EUR", "€"); Alias("USD", "$");
        Add("万CNY", "cur:CNY", "10000", "万元");
    }

    /// <summary>Every unit, in order of code.</summary>
    public static IReadOnlyList<Unit> All =>
        [.. Codes.Values.OrderBy(unit => unit.Code, StringComparer.Ordinal)];

    /// <summary>The unit of a code or of a name people use ("千瓦时", "litres"), or false.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Unit? unit)
    {
        unit = null;
        if (text is null) return false;
        var trimmed = text.Trim();
        return Codes.TryGetValue(trimmed, out unit) || Names.TryGetValue(trimmed, out unit);
    }

    /// <summary>The unit of a code or of a name people use.</summary>
    /// <exception cref="FormatException">No such unit.</exception>
    public static Unit Parse(string text) =>
        TryParse(text, out var unit) ? unit
            : throw new FormatException($"'{text}' is not a unit Celadon knows.");

    private static void Add(string code, string dimension, string size, params string[] names)
    {
        var slash = size.IndexOf('/', StringComparison.Ordinal);
        var over = Amount.Parse(slash < 0 ? size : size[..slash]);
        var under = slash < 0 ? BigInteger.One : BigInteger.Parse(size[(slash + 1)..],
            System.Globalization.CultureInfo.InvariantCulture);
        var unit = new Unit(code, Dimension.Parse(dimension), over.Unscaled,
            Amount.Pow10(over.Scale) * under);
        Codes.Add(code, unit);
        if (!CaseMatters.Contains(code)) Names.TryAdd(code, unit);
        Alias(code, names);
    }

    private static void Alias(string code, params string[] names)
    {
        foreach (var name in names)
            if (!Names.TryAdd(name, Codes[code]) && !Names[name].Equals(Codes[code]))
                throw new InvalidOperationException($"'{name}' names both {Names[name]} and {code}.");
    }
}
