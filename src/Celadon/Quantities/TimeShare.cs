namespace Celadon.Quantities;

/// <summary>
/// Shares in time of an integer amount by cumulative rounding: the share up to an instant is rounded to the
/// nearest step (half away from zero) and a part is the difference of two such shares, so that parts always
/// add up to the whole, however and how often it is cut; with one cut this is the method of largest
/// remainder.
/// </summary>
public static class TimeShare
{
    /// <summary>What of an amount has passed when so much of its length has.</summary>
    /// <param name="amount">The whole.</param>
    /// <param name="elapsed">Seconds since its start; below zero is none, beyond the length is all.</param>
    /// <param name="length">Its seconds, more than zero.</param>
    public static Int128 UpTo(Int128 amount, long elapsed, long length)
    {
        if (elapsed <= 0) return 0;
        if (elapsed >= length) return amount;
        var (quotient, remainder) = Int128.DivRem(Int128.Abs(amount) * elapsed, length);
        if (remainder * 2 >= length) quotient += 1;
        return amount < 0 ? -quotient : quotient;
    }
}
