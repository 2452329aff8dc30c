using Celadon.Quantities;
using NodaTime;

namespace Celadon.Ledger;

/// <summary>
/// Quality of one reading, in its stored numbers; the smaller number is the better quality.
/// </summary>
public enum ReadingQuality : byte
{
    /// <summary>Read from the instrument.</summary>
    Measured = 0,

    /// <summary>Put in from another instrument (a check meter).</summary>
    Substituted = 1,

    /// <summary>Estimated by whoever sent it.</summary>
    Estimated = 2,
}

/// <summary>
/// The readings of one meter from one file or message, as columns in order of time: what the importer makes,
/// what the store keeps, and what a readings record of the journal names by <see cref="ContentSha256"/>. An
/// interval reading has a length of one second or more and an amount; a counter reading has the length 0 and
/// the state of the counter at its start. No two readings of a series start at the same second.
/// </summary>
public sealed class ReadingSeries
{
    private string? _sha256;

    private ReadingSeries(
        string meter, int scale, long[] start, int[] length, long[] unscaled, byte[] quality,
        string[] bands, int[] band)
    {
        (Meter, Scale) = (meter, scale);
        (StartSeconds, LengthSeconds, Unscaled, Quality) = (start, length, unscaled, quality);
        (Bands, Band) = (bands, band);
    }

    /// <summary>Id of the meter.</summary>
    public string Meter { get; }

    /// <summary>The readings are integers × 10^-scale of the meter's unit.</summary>
    public int Scale { get; }

    /// <summary>
    /// Start of each interval, or the instant of a counter reading: seconds since 1970 UTC, rising.
    /// </summary>
    public long[] StartSeconds { get; }

    /// <summary>Length of each interval in seconds; 0 for a counter reading.</summary>
    public int[] LengthSeconds { get; }

    /// <summary>The amounts as integers × 10^-scale.</summary>
    public long[] Unscaled { get; }

    /// <summary>The quality of each reading: a <see cref="ReadingQuality"/>.</summary>
    public byte[] Quality { get; }

    /// <summary>Names of the tariff bands; the empty name stands for none.</summary>
    public string[] Bands { get; }

    /// <summary>Index into <see cref="Bands"/> for each reading.</summary>
    public int[] Band { get; }

    /// <summary>How many readings.</summary>
    public int Count => StartSeconds.Length;

    /// <summary>Tariff band of a reading; empty for none.</summary>
    public string BandOf(int index) => Bands[Band[index]];

    /// <summary>The amount of a reading in the meter's unit.</summary>
    public Amount AmountAt(int index) => Amount.From(Unscaled[index], Scale);

    /// <summary>Hash of the readings (<see cref="ReadingHash"/>), lower-case hex.</summary>
    public string ContentSha256 => _sha256 ??= Hash();

    /// <summary>
    /// From the first start to the last end; a series of one counter reading spans its one second.
    /// </summary>
    public Period Span
    {
        get
        {
            var end = StartSeconds[^1] + 1;
            for (var i = 0; i < Count; i++) end = Math.Max(end, StartSeconds[i] + LengthSeconds[i]);
            return new Period(Instant.FromUnixTimeSeconds(StartSeconds[0]), Instant.FromUnixTimeSeconds(end));
        }
    }

    /// <summary>The sum of the interval readings in the meter's unit. Counter readings have no sum.</summary>
    public Amount Sum
    {
        get
        {
            Int128 sum = 0;
            for (var i = 0; i < Count; i++)
                if (LengthSeconds[i] > 0) sum += Unscaled[i];
            return Amount.From(sum, Scale);
        }
    }

    /// <summary>
    /// A series from columns, put in order of time.
    /// </summary>
    /// <param name="meter">Id of the meter.</param>
    /// <param name="scale">0 to <see cref="Amount.MaxStoredScale"/>.</param>
    /// <param name="startSeconds">Seconds since 1970 UTC.</param>
    /// <param name="lengthSeconds">Seconds; 0 for a counter reading.</param>
    /// <param name="unscaled">Integers × 10^-scale.</param>
    /// <param name="quality">See <see cref="ReadingQuality"/>.</param>
    /// <param name="bands">Names of tariff bands, or null when the meter has none.</param>
    /// <param name="band">Index into the names for each reading; null when the meter has none.</param>
    /// <exception cref="ArgumentException">
    /// No readings, columns of unlike length, two readings with one start, or a value outside its range.
    /// </exception>
    public static ReadingSeries From(
        string meter, int scale, long[] startSeconds, int[] lengthSeconds, long[] unscaled, byte[] quality,
        string[]? bands = null, int[]? band = null)
    {
        var count = startSeconds.Length;
        (bands, band) = (bands ?? [""], band ?? new int[count]);
        if (count == 0 || lengthSeconds.Length != count || unscaled.Length != count || quality.Length != count
            || band.Length != count)
            throw new ArgumentException("The columns are empty or of unlike length.");
        if (string.IsNullOrEmpty(meter) || scale is < 0 or > Amount.MaxStoredScale)
            throw new ArgumentException($"Meter '{meter}' or scale {scale} is outside its range.");
        for (var i = 0; i < count; i++)
        {
            if (lengthSeconds[i] < 0 || quality[i] > (byte)ReadingQuality.Estimated
                || (uint)band[i] >= (uint)bands.Length)
                throw new ArgumentException($"Reading {i} has a length, quality or band outside its range.");
        }
        if (!IsRising(startSeconds))
        {
            var order = Enumerable.Range(0, count).ToArray();
            Array.Sort((long[])startSeconds.Clone(), order);
            startSeconds = Pick(startSeconds, order);
            (lengthSeconds, unscaled) = (Pick(lengthSeconds, order), Pick(unscaled, order));
            (quality, band) = (Pick(quality, order), Pick(band, order));
            if (!IsRising(startSeconds))
                throw new ArgumentException("Two readings start at the same second.");
        }
        return new ReadingSeries(meter, scale, startSeconds, lengthSeconds, unscaled, quality, bands, band);
    }

    /// <summary>The journal's record of this series.</summary>
    /// <param name="revision">0 for first data; higher where a correction was stated.</param>
    /// <param name="fileSha256">The file it came from; empty when pushed by an instrument.</param>
    /// <param name="sheet">Sheet of a workbook; empty otherwise.</param>
    public ReadingsRecord ToRecord(int revision, string fileSha256, string sheet) =>
        new(Meter, Span, Count, Sum, Scale, ContentSha256, revision, fileSha256, sheet);

    private string Hash()
    {
        using var hash = new ReadingHash(Meter, Scale, Count);
        var bands = Bands.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        for (var i = 0; i < Count; i++)
            hash.Add(StartSeconds[i], LengthSeconds[i], Unscaled[i], Quality[i], bands[Band[i]]);
        return hash.Finish();
    }

    private static bool IsRising(long[] values)
    {
        for (var i = 1; i < values.Length; i++)
            if (values[i] <= values[i - 1]) return false;
        return true;
    }

    private static T[] Pick<T>(T[] values, int[] order) => Array.ConvertAll(order, i => values[i]);
}
