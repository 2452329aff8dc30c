using NodaTime;

namespace Celadon.Quantities;

/// <summary>A half-open stretch of time [Start, End) in UTC. End is after Start.</summary>
public readonly record struct Period
{
    /// <summary>Makes [start, end).</summary>
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    public Period(Instant start, Instant end)
    {
        if (end <= start)
            throw new ArgumentException($"A period must end after it starts: {start} to {end}.");
        Start = start;
        End = end;
    }

    /// <summary>The first instant inside.</summary>
    public Instant Start { get; }

    /// <summary>The first instant after.</summary>
    public Instant End { get; }

    /// <summary>How long it is.</summary>
    public Duration Length => End - Start;

    /// <summary>True when the instant lies inside.</summary>
    public bool Contains(Instant instant) => instant >= Start && instant < End;

    /// <summary>True when the other period lies wholly inside.</summary>
    public bool Contains(Period other) => other.Start >= Start && other.End <= End;

    /// <summary>True when the two share any instant.</summary>
    public bool Overlaps(Period other) => other.Start < End && Start < other.End;

    /// <summary>The shared part, or null.</summary>
    public Period? Intersect(Period other)
    {
        var start = Instant.Max(Start, other.Start);
        var end = Instant.Min(End, other.End);
        return end > start ? new Period(start, end) : null;
    }

    /// <summary>"2026-08-31T23:00:00Z/2026-09-30T23:00:00Z" (ISO 8601).</summary>
    public override string ToString() => $"{Start:uuuu-MM-dd'T'HH:mm:ss'Z'}/{End:uuuu-MM-dd'T'HH:mm:ss'Z'}";
}
