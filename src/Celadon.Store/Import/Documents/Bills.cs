using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Bills, deliveries and amounts by month: each row an entry for each amount it states, with its period as
/// billed. Tariff bands are entries of their own with the fact "tariff"; a total beside them is a check.
/// Months are derived by the views, not here.
/// </summary>
internal sealed class Bills
{
    private readonly SheetJob _job;
    private readonly EntrySheet _sheet;
    private readonly DocumentKind _kind;
    private readonly Column[] _amounts;
    private readonly bool _bands;
    private readonly int[] _rows;
    private readonly BillPeriods _periods;

    private Bills(SheetJob job, DocumentKind kind, int[] rows, BillPeriods periods)
    {
        (_job, _kind, _rows, _periods) = (job, kind, rows, periods);
        _sheet = new EntrySheet(job);
        _amounts = job.All("amount");
        var bands = _amounts.Where(c => c.Band is not null).ToArray();
        _bands = bands.Length > 1;
        // Beside bands, an amount without one is their sum.
        if (_bands)
            foreach (var sum in _amounts.Where(c => c.Band is null)) (sum.Role, sum.Certainty) =
                ("total", Certainty.Check);
        if (_bands) _amounts = bands;
    }

    public static void Plan(SheetJob job, DocumentKind kind)
    {
        var key = BillPeriods.KeyOf(job);
        if (key is null)
        {
            job.Plan.Add("import.column.missing", Severity.Error, job.Place, ("column", "period"));
            job.Finish(kind);
            return;
        }
        var (rows, totals) = RowFilter.Split(job, key);
        if (BillPeriods.Read(job, rows) is not { } periods)
        {
            foreach (var row in rows) job.Mark(row, RowFate.Held);
            job.Finish(kind);
            return;
        }
        new Bills(job, kind, rows, periods).Run(totals);
        job.Finish(kind);
    }

    private void Run(List<int> totals)
    {
        if (_amounts.Length == 0 && _job.Find("present") is not null) FromReadings();
        foreach (var group in Alternatives())
        {
            var column = group[0];
            var unit =
                _job.Find("unit") is null ? SheetQuestions.Unit(_job, column, _sheet.SheetMeter)
                : column.Unit;
            if (unit is null && _job.Find("unit") is null)
            {
                foreach (var row in _rows) _job.Mark(row, RowFate.Held);
                continue;
            }
            if (unit is not null && PowerColumns.IsPower(unit))
            {
                _job.Plan.Add("import.power.not-loaded", Severity.Warning, _job.Place,
                    ("columns", column.Head.Header));
                continue;
            }
            var factor = column.Map?.Multiplier ?? Amount.One;
            var read = AmountColumn.Read(_job, column.Style, _rows, [column.Index], unit, factor);
            RowFilter.CheckTotals(_job, totals, column, _rows, read.At);
            for (var i = 0; i < _rows.Length; i++)
            {
                _job.Plan.Pace.Check(i);
                if (read.State[i] == CellState.Read) AddEntry(i, column, group, unit, read.At(i),
                    read.Estimated?[i] == true);
            }
            column.Unit ??= unit;
            // The template must say of all of them what they measure, or the next reading takes them for two
            // amounts.
            foreach (var other in group) other.Resource ??= column.Resource;
            if (unit is not null) CheckColumns.Run(_job, column, read, _rows, unit);
        }
        if (_bands) CheckBands();
        CheckReadings();
    }

    /// <summary>
    /// Amount columns by what they measure: the same thing in two units (m³ and kWh, pieces and tonnes) is
    /// one amount and a fact. Energy is what is billed; a mass says more than a count.
    /// </summary>
    private List<Column[]> Alternatives()
    {
        var groups = new List<Column[]>();
        foreach (var same in _amounts.GroupBy(c => (Resource: c.Map?.Resource ?? c.Resource ?? "", c.Band)))
        {
            var list = same.OrderBy(c => Rank(c.Unit)).ThenBy(c => c.Index).ToArray();
            var kinds = list.Select(c => c.Unit?.Dimension.ToString() ?? "").Distinct().Count();
            if (kinds == list.Length && list.Length > 1
                && (same.Key.Resource.Length > 0 || _kind == DocumentKind.Output))
                groups.Add(list);
            else groups.AddRange(list.Select(c => new[] { c }));
        }
        return groups;
    }

    private static int Rank(Unit? unit) => unit?.Dimension.ToString() switch
    {
        "L2 M T-2" => 0,
        "M" => 1,
        "V" => 2,
        "L3" => 3,
        _ => 4,
    };

    private void AddEntry(int i, Column column, Column[] group, Unit? unit, Amount amount, bool marked)
    {
        var row = _rows[i];
        var (meter, named) = _sheet.MeterOf(row);
        var own = _job.Text(row, _job.Find("unit"));
        if (own is not null && !UnitText.TryParse(own, out unit))
        {
            _job.Refuse("import.unit.unknown", row, _job.Find("unit")!.Index, ("value", own));
            return;
        }
        if (unit is null)
        {
            _job.Refuse("import.unit.unknown", row, column.Index, ("value", ""));
            return;
        }
        if (ResourceOf(row, column, meter, unit) is not { } resource)
        {
            _job.Mark(row, RowFate.Held);
            return;
        }
        if (_periods.In(i, _sheet.Zone(meter)) is not { } period) return;
        if (!amount.TryGetStored(out _, out _))
        {
            _job.Refuse("import.number.large", row, column.Index,
                ("value", _job.Sheet.Value(row, column.Index)));
            return;
        }
        var supplier = _sheet.SupplierOf(row);
        var (from, to) =
            _kind == DocumentKind.Output ? OutputEnds(ref resource, row)
            : _sheet.Ends(meter, resource, supplier);
        _job.Plan.Entries.Add(new Entry(from, to, resource, amount, unit.Code, period, BasisOf(row, marked),
            _sheet.RowEvidence(row), FactsOf(row, column, group, meter?.Id ?? named, supplier),
            CalorificOf(column, resource, unit)));
        _job.Mark(row, RowFate.Loaded);
        column.Resource ??= resource;
    }

    private string? ResourceOf(int row, Column column, Meter? meter, Unit unit)
    {
        if (_job.Text(row, _job.Find("resource")) is { } text)
            return column.Map?.Resource ?? Vocabulary.Shared.ResourceOf(text) ?? EntrySheet.Kebab(text);
        if (_kind == DocumentKind.Output)
            return column.Map?.Resource ?? _job.Map?.Defaults.GetValueOrDefault("resource") ?? "";
        return SheetQuestions.Resource(_job, column, meter, unit);
    }

    /// <summary>Production is unit (or site) → stock of the product, as the stock's register says.</summary>
    private (Node From, Node To) OutputEnds(ref string resource, int row)
    {
        var registers = _job.Plan.Registers;
        var named = _job.Text(row, _job.Find("product"));
        var products = registers.Of<Product>().ToArray();
        var product = Array.Find(products, p => p.Id == named || p.Name.En == named || p.Name.Zh == named);
        if (resource.Length == 0)
            resource = product?.Id ?? (named is not null ? MeterNames.Slug(named) : Only(products) ?? "ware");
        var defaults = _job.Map?.Defaults;
        var stock = defaults?.GetValueOrDefault("to") is null ? _sheet.OutputStockOf(resource) : null;
        var from = defaults?.GetValueOrDefault("from") ?? stock?.Producer
            ?? (_sheet.Site is { } site ? "site:" + site.Id : "site");
        var to = defaults?.GetValueOrDefault("to") ?? _sheet.StockNode(stock, resource);
        return (Node.Parse(from), Node.Parse(to));
    }

    /// <summary>The one product weighed in tonnes, or the only product there is.</summary>
    private static string? Only(Product[] products)
    {
        var weighed = products.Where(p => p.Unit is "t" or "kg").Take(2).ToArray();
        return weighed is [var one] ? one.Id : products is [var only] ? only.Id : null;
    }

    private Basis BasisOf(int row, bool marked)
    {
        if (marked
            || NumberText.EstimateMark(
            _job.Text(row, _job.Find("estimated"))) == true) return Basis.Estimated;
        if (Vocabulary.Shared.BasisOf(_job.Text(row, _job.Find("basis"))) is { } stated) return stated;
        if (Vocabulary.Shared.BasisOf(
            _job.Map?.Defaults.GetValueOrDefault("basis")) is { } mapped) return mapped;
        if (_kind == DocumentKind.Output) return Basis.Measured;
        return _job.Find("cost", "price", "invoice", "supplier", "present") is not null
            || _job.Find("start") is not null && _job.Find("end") is not null ? Basis.Invoiced : Basis.Stated;
    }

    private CalorificBasis CalorificOf(Column column, string resource, Unit unit)
    {
        if (unit.Dimension.ToString() != "L2 M T-2"
            || resource is "electricity" or "heat" or "steam" or "cooling")
            return CalorificBasis.None;
        var stated = UnitText.BasisOf(column.Head.Header);
        if (stated != CalorificBasis.None) return stated;
        var answer = _job.Default("calorific") ?? _job.Plan.Ask(_job.QuestionId("calorific"), "calorific", 5,
            _job.Place with { Column = column.Head.Header },
            [new Choice("gross", "choice.import.gross"), new Choice("net", "choice.import.net")],
            _sheet.Site?.Country == "CN" ? "net" : "gross", "", ("column", column.Head.Header));
        return answer switch
        {
            "gross" => CalorificBasis.Gross,
            "net" => CalorificBasis.Net,
            _ => CalorificBasis.None
        };
    }

    private Facts FactsOf(int row, Column column, Column[] group, string? meter, string? supplier)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Put("meter", meter);
        Put("supplier", supplier);
        Put("document",
            _job.Text(row, _job.Find("invoice")) ?? _job.Table.Preamble.GetValueOrDefault("invoice"));
        Put("tariff", column.Band);
        Put("price", Money(row, CostOf(column)));
        Put("unitPrice", UnitPrice(row, column));
        Put("calorificValue", CalorificValue(row, column));
        Put("volumeCorrection", Number(row, _job.Find("correction"))?.ToString());
        Put("previousReading", Number(row, _job.Find("previous"))?.ToString());
        Put("presentReading", Number(row, _job.Find("present"))?.ToString());
        foreach (var also in group.Skip(1))
            if (Number(row, also) is { } value) facts["also-" + also.Unit!.Code] =
                $"{value} {also.Unit.Code}";
        _sheet.AddFactColumns(row, facts);
        _sheet.AddMapFacts(facts);
        return Facts.From(facts);

        void Put(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) facts[name] = value;
        }
    }

    private Amount? Number(int row, Column? column) => column is not null
        && NumberText.TryRead(_job.Sheet.Text(row, column.Index),
            _job.Sheet.Kind(row, column.Index) == Reading.CellKind.Number ? NumberStyle.Point : column.Style,
            out var amount, out _) ? amount : null;

    /// <summary>
    /// The cost of an amount: the only cost column, else the first to its right before the next amount.
    /// </summary>
    private Column? CostOf(Column column)
    {
        var costs = _job.All("cost");
        if (costs.Length == 1) return _amounts.Length == 1 ? costs[0] : null;
        var next =
            _amounts.Where(a => a.Index > column.Index).Select(a => a.Index).DefaultIfEmpty(int.MaxValue)
            .Min();
        return Array.Find(costs, c => c.Index > column.Index && c.Index < next)
            ?? Array.Find(costs, c => c.Resource is not null && c.Resource == column.Resource
            && c.Band == column.Band);
    }

    private string? Money(int row, Column? cost)
    {
        // A price merged over several rows was written once, for all of them.
        if (Number(row, cost) is not { } value || _job.Sheet.IsSpread(row, cost!.Index)) return null;
        var currency = cost.Unit?.Code ?? _job.Text(row, _job.Find("currency")) ?? _job.Default("currency");
        if (currency is null
            && NumberText.TryRead(_job.Sheet.Text(row, cost.Index), cost.Style, out _, out var marks)
            && UnitText.TryParse(marks.Unit, out var unit)) currency = unit.Code;
        return currency is null ? value.ToString() : $"{value} {currency}";
    }

    private string? UnitPrice(int row, Column column)
    {
        var prices = _job.All("price");
        var price = prices.Length == 1 ? prices[0] : Array.Find(prices, p => p.Index > column.Index);
        if (Number(row, price) is not { } value) return null;
        var header = price!.Head.Header;
        var open = header.LastIndexOfAny(['(', '（', '[']);
        var unit = open < 0 ? "" : header[(open + 1)..].TrimEnd(')', '）', ']').Trim();
        return unit.Length == 0 ? value.ToString() : $"{value} {unit}";
    }

    /// <summary>"39.5 MJ/m3 gross": the number with the unit and basis of its header.</summary>
    private string? CalorificValue(int row, Column column)
    {
        if (_job.Find("calorific-value") is not { } head) return null;
        if (Number(row, head) is not { } value)
        {
            _job.Find("import.fact.missing", Severity.Warning, row, head.Index, ("fact", head.Head.Header));
            return null;
        }
        var header = head.Head.Header;
        var open = header.LastIndexOfAny(['(', '（', '[']);
        var unit = open < 0 ? "" : header[(open + 1)..].Split([',', '，', ')', '）', ']'])[0].Trim();
        unit = unit.Replace("³", "3", StringComparison.Ordinal);
        if (unit.Length == 0) unit = column.Unit is { } measured ? "MJ/" + measured.Code : "";
        var basis = UnitText.BasisOf(header.Replace(",", " ", StringComparison.Ordinal)) switch
        {
            CalorificBasis.Gross => " gross",
            CalorificBasis.Net => " net",
            _ => "",
        };
        return $"{value} {unit}{basis}".TrimEnd();
    }

    /// <summary>Bands must add up to the total beside them.</summary>
    private void CheckBands()
    {
        if (_job.Find("total") is not { } total) return;
        foreach (var row in _rows)
        {
            if (Number(row, total) is not { } stated) continue;
            var sum = _amounts.Aggregate(Amount.Zero, (s, c) => s + (Number(row, c) ?? Amount.Zero));
            if (sum != stated)
                _job.Find("import.check.sum", Severity.Warning, row, total.Index, ("stated", stated),
                    ("sum", sum),
                    ("difference", stated - sum));
        }
    }

    /// <summary>Present less previous reading, times the multiplier, must be the amount.</summary>
    private void CheckReadings()
    {
        if (_amounts is not [var amount] || _job.Find("previous") is not { } previous
            || _job.Find("present") is not { } present) return;
        foreach (var row in _rows)
        {
            if (Number(row, amount) is not { } stated || Number(row, previous) is not { } before
                || Number(row, present) is not { } after || after < before) continue;
            var difference = (after - before) * (Number(row, _job.Find("multiplier")) ?? Amount.One);
            if (difference != stated)
                _job.Find("import.check.reading", Severity.Warning, row, amount.Index, ("stated", stated),
                    ("readings", difference), ("difference", stated - difference));
        }
    }

    /// <summary>A bill of readings alone: present less previous, times the multiplier.</summary>
    private void FromReadings()
    {
        var (previous, present) = (_job.Find("previous"), _job.Find("present")!);
        if (previous is null)
        {
            _job.Plan.Add("import.column.missing", Severity.Error, _job.Place, ("column", "previous"));
            return;
        }
        if (SheetQuestions.Unit(_job, present, _sheet.SheetMeter) is not { } unit) return;
        for (var i = 0; i < _rows.Length; i++)
        {
            if (Number(_rows[i], previous) is not { } before
                || Number(_rows[i], present) is not { } after) continue;
            if (after < before)
                _job.Refuse("import.counter.fall", _rows[i], present.Index, ("before", before),
                    ("after", after));
            else AddEntry(i, present, [present], unit,
                (after - before) * (Number(_rows[i], _job.Find("multiplier")) ?? Amount.One), false);
        }
    }
}
