using System.Globalization;
using System.Text;

namespace LongquanStoke;

/// <summary>
/// Everything the generator knows about the year: what flowed, what was billed, what was written down.
/// </summary>
public sealed class Works
{
    /// <summary>Draws the year and writes the inputs.</summary>
    public Works(Papers papers)
    {
        Stoke = new StokeMeters();
        Longquan = new LongquanMeters();
        StokeBills = new StokeBills(Stoke.Main, papers);
        LongquanBills = new LongquanBills(Longquan.Main, papers);
        StokeMeterFiles.Write(Stoke, papers);
        LongquanMeterFiles.Write(Longquan, papers);
        Activities =
        [
            .. new StokeDocuments(papers).Rows, .. new LongquanDocuments(papers).Rows,
            .. Everything.Write(papers),
        ];
        Later.Write(Stoke.Main, StokeBills, papers);
    }

    /// <summary>Meters of Stoke.</summary>
    public StokeMeters Stoke { get; }

    /// <summary>Meters of Longquan.</summary>
    public LongquanMeters Longquan { get; }

    /// <summary>Bills of Stoke.</summary>
    public StokeBills StokeBills { get; }

    /// <summary>Bills of Longquan.</summary>
    public LongquanBills LongquanBills { get; }

    /// <summary>Rows of all activity tables and output sheets.</summary>
    public List<Activity> Activities { get; }

    /// <summary>
    /// The electricity of a month that counts: the main meter where every interval is there and right, else
    /// the bill of exactly this month.
    /// </summary>
    public static (decimal KilowattHours, string Basis) Counts(MeterYear main, List<Bill> bills, Month month)
    {
        if (!main.In(month).Any(i => main.Missing.Contains(i) || main.Wrong.Contains(i)))
            return (Numbers.Hundredths(main.Flowed(month)), "measured");
        var bill = bills.Single(b => !b.Estimated && b.First == month.First && b.Last == month.Last);
        return (bill.Quantity, "invoiced");
    }
}

/// <summary>Writes the example.</summary>
public static class Generator
{
    /// <summary>Writes inputs, later and expected under a folder; 0 when done.</summary>
    public static int Run(string folder)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var papers = new Papers();
        var works = new Works(papers);
        Truth.Write(works, papers);
        AccountFile.Write(works, papers);
        papers.Save(folder);
        Console.WriteLine(folder);
        return 0;
    }
}
