using System.Collections.Concurrent;

namespace Celadon.Store;

/// <summary>
/// Work that several ask for at once is done once: who comes while it runs waits for it. Nothing is kept
/// afterwards.
/// </summary>
public sealed class InFlight<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<TValue>> _running = new();

    /// <summary>The value that is being computed for the key, or computes it.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="compute">Computes it.</param>
    /// <param name="cancel">Of the caller: work that another caller gave up is begun again.</param>
    public TValue Get(TKey key, Func<TValue> compute, CancellationToken cancel)
    {
        var mine = new Lazy<TValue>(compute);
        var running = _running.GetOrAdd(key, mine);
        try
        {
            return running.Value;
        }
        catch (OperationCanceledException) when (running != mine && !cancel.IsCancellationRequested)
        {
            return compute();
        }
        finally
        {
            if (running == mine) _running.TryRemove(KeyValuePair.Create(key, mine));
        }
    }
}
