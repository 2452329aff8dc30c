namespace LongquanStoke;

/// <summary>A bill as billed: its days are both included.</summary>
/// <param name="File">Path inside the example.</param>
/// <param name="Row">Row of the line, from 1.</param>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
/// <param name="Quantity">What is billed.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Calorific">Calorific value in MJ per unit, where it is stated.</param>
/// <param name="Estimated">True for an estimate.</param>
public sealed record Bill(
    string File, int Row, DateOnly First, DateOnly Last, decimal Quantity, string Unit,
    decimal? Calorific = null, bool Estimated = false)
{
    /// <summary>How many of its days lie in a span, and how many it has.</summary>
    public (int Inside, int All) DaysIn(DateOnly first, DateOnly last)
    {
        var from = First > first ? First : first;
        var to = Last < last ? Last : last;
        return (Math.Max(0, to.DayNumber - from.DayNumber + 1), Last.DayNumber - First.DayNumber + 1);
    }

    /// <summary>
    /// The share of a span by days; the plan of the works is such that it has no remainder.
    /// </summary>
    public decimal Share(DateOnly first, DateOnly last)
    {
        var (inside, all) = DaysIn(first, last);
        return Quantity * inside / all;
    }
}
