using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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

    /// <summary>
    /// Counts one more and says whether the name had it left: asking and counting are one, so that many at
    /// once get no more than many in turn.
    /// </summary>
    public bool Take(string name, Instant now)
    {
        if (_counts.Count >= MostNames)
            foreach (var (old, seen) in _counts)
                if (now - seen.Since >= window) _counts.TryRemove(old, out _);
        while (_counts.Count >= MostNames && !_counts.ContainsKey(name))
            _counts.TryRemove(_counts.MinBy(seen => seen.Value.Since).Key, out _);
        return _counts.AddOrUpdate(name, (now, 1), (_, seen) =>
            now - seen.Since >= window ? (now, 1) : (seen.Since, Math.Min(seen.Count, most) + 1))
            .Count <= most;
    }

    /// <summary>Takes one back: what was counted was no failure.</summary>
    public void Return(string name)
    {
        while (_counts.TryGetValue(name, out var seen) && seen.Count > 0)
            if (_counts.TryUpdate(name, seen with { Count = seen.Count - 1 }, seen)) return;
    }

    /// <summary>
    /// The name of where somebody comes from: the address of IPv4; of IPv6 the network of 64 bits, for one
    /// who has such a network has all its addresses.
    /// </summary>
    public static string NameOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }
}
