using Celadon.Quantities;
using NodaTime;

namespace Celadon.Ledger;

/// <summary>
/// The distinct shape of entries: everything but amount, time and place in a file. The books keep each once.
/// </summary>
public sealed record FlowShape(
    int Id, Node From, Node To, string Resource, string Unit, CalorificBasis Calorific, Basis Basis,
    Facts Facts);

/// <summary>A meter's month from its readings: what the books know of it while the period is open.</summary>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Month">Local month of its site.</param>
/// <param name="Band">Tariff band, empty where the meter has none.</param>
/// <param name="Sum">Sum of the intervals in the meter's unit.</param>
/// <param name="Known">Seconds covered by readings.</param>
/// <param name="Length">Seconds in the month (or in the part of it the meter existed).</param>
/// <param name="Estimated">Part of the sum that comes from readings marked estimated.</param>
/// <param name="Count">How many readings.</param>
/// <param name="Interpolated">
/// Part of the sum that is a share in time of a reading that reaches beyond the month or counts only in part.
/// </param>
public sealed record MeterMonth(
    string Meter, YearMonth Month, string Band, Amount Sum, long Known, long Length, Amount Estimated,
    long Count,
    Amount Interpolated = default);

/// <summary>A reading, as a leaf of an explanation.</summary>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Period">Its interval.</param>
/// <param name="Amount">In the meter's unit.</param>
/// <param name="Batch">Position of the readings record it came with.</param>
/// <param name="Quality">0 measured, 1 substituted, 2 estimated.</param>
/// <param name="Interpolated">True for a share in time of a reading, not the whole of it.</param>
public sealed record ReadingLeaf(
    string Meter, Period Period, Amount Amount, long Batch, int Quality, bool Interpolated = false);

/// <summary>Where an entry came from, resolved for explanations.</summary>
/// <param name="Position">Of the entry.</param>
/// <param name="Batch">Position of its batch.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="Withdrawn">True when the file was withdrawn.</param>
public sealed record EntryOrigin(long Position, long Batch, Evidence Evidence, bool Withdrawn);

/// <summary>A closing in force at the view's position.</summary>
/// <param name="Position">Of the closing record.</param>
/// <param name="Closing">What it says.</param>
public sealed record ClosingInForce(long Position, ClosingRecord Closing);
