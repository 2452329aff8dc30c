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
    private const string FileName = "peers.secret";
    private readonly string _path = Path.Combine(folder, FileName);

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

    /// <summary>Whose secrets a backup left out, as long as nobody gave them again.</summary>
    public IReadOnlyList<string> LeftOut
    {
        get
        {
            lock (Turn) return [.. All().Where(s => s.Value is null).Select(s => s.Key)];
        }
    }

    /// <summary>
    /// Writes into a backup whose secrets are not in it, so that who restores it is told; the secrets
    /// themselves are not written.
    /// </summary>
    /// <returns>Whose.</returns>
    public IReadOnlyList<string> LeaveOut(string backup)
    {
        lock (Turn)
        {
            var all = All();
            if (all.Count == 0) return [];
            Durable.WriteOwn(Path.Combine(backup, FileName), JsonSerializer.SerializeToUtf8Bytes(
                all.Keys.ToDictionary(peer => peer, _ => (string?)null)));
            return [.. all.Keys];
        }
    }

    private SortedDictionary<string, string?> All() => File.Exists(_path)
        ? JsonSerializer.Deserialize<SortedDictionary<string, string?>>(File.ReadAllBytes(_path)) ?? [] : [];
}
