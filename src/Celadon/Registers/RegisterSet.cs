using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Quantities;

namespace Celadon.Registers;

/// <summary>
/// Everything that exists at a position of the journal: the latest version of each register item.
/// </summary>
public sealed class RegisterSet
{
    /// <summary>How items are written: camelCase, strict, no nulls.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<CalorificBasis>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The types of item by their written name.</summary>
    public static readonly ImmutableSortedDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["organisation"] = typeof(Organisation),
        ["site"] = typeof(Site),
        ["unit"] = typeof(PlantUnit),
        ["stock"] = typeof(Stock),
        ["meter"] = typeof(Meter),
        ["supplier"] = typeof(Supplier),
        ["product"] = typeof(Product),
        ["component"] = typeof(Component),
        ["instrument"] = typeof(Instrument),
        ["customer"] = typeof(Customer),
        ["statement"] = typeof(KeptStatement),
        ["consent"] = typeof(Consent),
        ["peer"] = typeof(Peer),
        ["received"] = typeof(ReceivedEvent),
        ["outgoing"] = typeof(SentEvent),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Types that say who may have what, and what came or went. They follow from what a person does, never
    /// from a file.
    /// </summary>
    public static readonly ImmutableArray<string> OfExchange =
        ["customer", "statement", "consent", "peer", "received", "outgoing"];

    private readonly SortedDictionary<(string Type, string Id), (RegisterItem Item, long Position)> _items;

    private readonly Dictionary<Type, RegisterItem[]> _ofType;
    private readonly Dictionary<(Type Type, string Id), RegisterItem> _byId;

    private RegisterSet(SortedDictionary<(string, string), (RegisterItem Item, long)> items)
    {
        _items = items;
        var all = items.Values.Select(v => v.Item).ToArray();
        _ofType = all.GroupBy(item => item.GetType()).ToDictionary(g => g.Key, g => g.ToArray());
        _byId = [];
        foreach (var item in all) _byId.TryAdd((item.GetType(), item.Id), item);
    }

    /// <summary>No items.</summary>
    public static RegisterSet Empty { get; } = From([]);

    /// <summary>
    /// The set that the given versions leave, in order of position; a version with empty JSON removes.
    /// </summary>
    public static RegisterSet From(IEnumerable<(long Position, RegisterRecord Version)> versions)
    {
        var items = new SortedDictionary<(string, string), (RegisterItem, long)>(TypeThenId);
        foreach (var (position, version) in versions)
        {
            if (version.Json.Length == 0) items.Remove((version.Type, version.Id));
            else items[(version.Type, version.Id)] = (Read(version.Type, version.Json), position);
        }
        return new RegisterSet(items);
    }

    private static readonly Comparer<(string Type, string Id)> TypeThenId =
        Comparer<(string Type, string Id)>.Create(
        (a, b) => string.CompareOrdinal(a.Type, b.Type) is var type and not 0
            ? type : string.CompareOrdinal(a.Id, b.Id));

    /// <summary>Reads one item.</summary>
    /// <exception cref="JsonException">The JSON does not fit the type.</exception>
    public static RegisterItem Read(string type, string json) =>
        (RegisterItem)(JsonSerializer.Deserialize(json, Types[type], Json)
            ?? throw new JsonException($"An empty {type}."));

    /// <summary>The canonical JSON of an item.</summary>
    public static string Write(RegisterItem item) => JsonSerializer.Serialize(item, item.GetType(), Json);

    /// <summary>All items with type and position, in order of type and id.</summary>
    public IEnumerable<(string Type, RegisterItem Item, long Position)> All =>
        _items.Select(pair => (pair.Key.Type, pair.Value.Item, pair.Value.Position));

    /// <summary>All items of one kind, in order of id.</summary>
    public IEnumerable<T> Of<T>() where T : RegisterItem =>
        _ofType.TryGetValue(typeof(T), out var items) ? items.Cast<T>() : [];

    /// <summary>The item of an id, or null.</summary>
    public T? Find<T>(string id) where T : RegisterItem => _byId.GetValueOrDefault((typeof(T), id)) as T;

    /// <summary>The position of an item's latest version, or 0.</summary>
    public long PositionOf(string type, string id) =>
        _items.TryGetValue((type, id), out var v) ? v.Position : 0;

    /// <summary>
    /// The site a node lies in: the site itself, the register's site of a unit or stock, the part before a
    /// slash, or the only site there is; null for nodes outside and where it cannot be told.
    /// </summary>
    public Site? SiteOf(Node node)
    {
        if (!node.IsInside) return null;
        var id = node.Kind switch
        {
            NodeKind.Site => node.Id,
            NodeKind.Unit => Find<PlantUnit>(node.Id)?.Site,
            _ => Find<Stock>(node.Id)?.Site,
        };
        if (id is null && node.Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
            id = node.Id[..slash];
        if (id is not null) return Find<Site>(id);
        return Of<Site>().Take(2).ToArray() is [var only] ? only : null;
    }
}
