using System.Text.Json;
using Celadon.Store.Files;

namespace Celadon.Store;

/// <summary>
/// What we show to others as proof. It has to be known to be shown, and can be forgotten, so it is no part
/// of the books: a file of its own beside them that its owner alone can read.
/// </summary>
internal sealed class PeerSecrets(string folder)
{
    private static readonly Lock Turn = new();
    private readonly string _path = Path.Combine(folder, "peers.secret");

    /// <summary>The secret for a peer; null when there is none.</summary>
    public string? Find(string peer)
    {
        lock (Turn) return All().GetValueOrDefault(peer);
    }

    /// <summary>Keeps a secret, or forgets it.</summary>
    public void Set(string peer, string? secret)
    {
        lock (Turn)
        {
            var all = All();
            if (secret is null) all.Remove(peer);
            else all[peer] = secret;
            Durable.WriteOwn(_path, JsonSerializer.SerializeToUtf8Bytes(all));
        }
    }

    private SortedDictionary<string, string> All() => File.Exists(_path)
        ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllBytes(_path)) ?? [] : [];
}
