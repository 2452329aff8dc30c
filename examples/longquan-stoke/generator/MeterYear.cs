namespace LongquanStoke;

/// <summary>
/// A meter's year: what really flowed in each interval, and which intervals no file holds. Values are
/// hundredths of a kilowatt hour.
/// </summary>
public sealed class MeterYear(string id, Slot[] slots)
{
    /// <summary>Id of the meter in the registers.</summary>
    public string Id { get; } = id;

    /// <summary>Its intervals in order of time.</summary>
    public Slot[] Slots { get; } = slots;

    /// <summary>What flowed, interval by interval.</summary>
    public long[] Values { get; } = new long[slots.Length];

    /// <summary>Indexes of the intervals that no file holds.</summary>
    public SortedSet<int> Missing { get; } = [];

    /// <summary>
    /// Indexes of the intervals whose figure in the file is not what flowed. They count as delivered; a check
    /// finds them.
    /// </summary>
    public SortedSet<int> Wrong { get; } = [];

    /// <summary>Indexes of the intervals that begin on the days of a span, both days included.</summary>
    public IEnumerable<int> Between(DateOnly first, DateOnly last)
    {
        for (var i = 0; i < Slots.Length; i++)
            if (Slots[i].Day >= first && Slots[i].Day <= last) yield return i;
    }

    /// <summary>Indexes of a month.</summary>
    public IEnumerable<int> In(Month month) => Between(month.First, month.Last);

    /// <summary>What flowed on the days of a span, both days included.</summary>
    public long Flowed(DateOnly first, DateOnly last) => Between(first, last).Sum(i => Values[i]);

    /// <summary>What flowed in a month.</summary>
    public long Flowed(Month month) => Flowed(month.First, month.Last);

    /// <summary>Sum of the intervals of a month that the files hold and hold rightly.</summary>
    public long Delivered(Month month) =>
        In(month).Where(i => !Missing.Contains(i) && !Wrong.Contains(i)).Sum(i => Values[i]);

    /// <summary>The intervals of each day, in order.</summary>
    public IEnumerable<(DateOnly Day, int[] Indexes)> Days(DateOnly first, DateOnly last) =>
        Between(first, last).GroupBy(i => Slots[i].Day).Select(day => (day.Key, day.ToArray()));

    /// <summary>
    /// The index of the interval that begins at a local time (the first one where the clock shows it twice).
    /// </summary>
    public int At(int year, int month, int day, int hour, int minute) =>
        Array.FindIndex(Slots, slot => slot.Begin == new DateTime(year, month, day, hour, minute, 0));

    /// <summary>
    /// Fills one month so that its intervals add up to a total and follow a profile, give or take a tenth.
    /// </summary>
    public void Fill(Month month, long total, Func<Slot, int> profile)
    {
        var dice = new Dice($"{Id}/{month}");
        var indexes = In(month).ToArray();
        var weights = indexes.Select(i => profile(Slots[i]) * dice.Between(900, 1100)).ToArray();
        var parts = Numbers.Share(total, weights);
        for (var i = 0; i < indexes.Length; i++) Values[indexes[i]] = parts[i];
    }
}
