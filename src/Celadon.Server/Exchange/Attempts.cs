using System.Collections.Concurrent;
using NodaTime;

namespace Celadon.Server.Exchange;

/// <summary>
/// Counts by name within a window; a name with too many is put off until the window ends. Names are bounded,
/// so that guessing cannot fill memory.
/// </summary>
/// <param name="most">How many a window allows.</param>
/// <param name="window">How long it is.</param>
internal sealed class Attempts(int most, Duration window)
{
    private const int MostNames = 10_000;
    private readonly ConcurrentDictionary<string, (Instant Since, int Count)> _counts = new();

    /// <summary>True while a name has some left.</summary>
    public bool May(string name, Instant now) => !_counts.TryGetValue(name, out var seen)
        || now - seen.Since >= window || seen.Count < most;

    /// <summary>Counts one more.</summary>
    public void Add(string name, Instant now)
    {
        if (_counts.Count >= MostNames)
            foreach (var (old, seen) in _counts)
                if (now - seen.Since >= window) _counts.TryRemove(old, out _);
        if (_counts.Count >= MostNames) _counts.Clear();
        _counts.AddOrUpdate(name, (now, 1), (_, seen) =>
            now - seen.Since >= window ? (now, 1) : (seen.Since, seen.Count + 1));
    }

    /// <summary>Forgets a name that has shown itself good.</summary>
    public void Clear(string name) => _counts.TryRemove(name, out _);
}
