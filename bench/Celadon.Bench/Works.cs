using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Store;
using NodaTime;

namespace Celadon.Bench;

/// <summary>Workspaces to measure on.</summary>
internal static class Works
{
    public static WorkspaceOptions Options { get; } = new(SystemClock.Instance,
        new PackFolder(Path.Combine(AppContext.BaseDirectory, "packs")), "bench", TimeSpan.FromSeconds(5));

    public static Workspace Create(string folder, bool steel = false)
    {
        var workspace = Workspace.Create(folder, Options, "bench");
        RegisterItem[] items = steel
            ?
            [
                new Site { Id = "gwangyang", Country = "KR", Zone = "Asia/Seoul", OperationalControl = true },
                new Meter
                {
                    Id = "steel-energy", Site = "gwangyang", From = "grid:KR", To = "site:gwangyang",
                    Resource = "electricity", Unit = "kWh", Scale = 2, IntervalMinutes = 15,
                },
            ]
            :
            [
                new Organisation { Id = "works" },
                new Site { Id = "stoke", Country = "GB", Zone = "Europe/London", OperationalControl = true },
                new Site { Id = "longquan", Country = "CN", Zone = "Asia/Shanghai",
                    OperationalControl = true },
                .. Units("stoke"), .. Units("longquan"),
            ];
        workspace.Append("register", items.Select(i => (RecordBody)new RegisterRecord(
            RegisterSet.Types.First(t => t.Value == i.GetType()).Key, i.Id, RegisterSet.Write(i))));
        return workspace;
    }

    /// <summary>A file of the reference data beside the repository, or null.</summary>
    public static string? Shared(string file) => Above(Path.Combine("shared", file));

    /// <summary>A folder of the repository, or null when it is not there.</summary>
    public static string? Repository(string folder) => Above(folder);

    private static string? Above(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, name);
            if (Path.Exists(path)) return path;
        }
        return null;
    }

    private static IEnumerable<RegisterItem> Units(string site) => Enumerable.Range(0, 6)
        .Select(i => new PlantUnit
        {
            Id = $"{site}-{i}",
            Site = site,
            Kind = i < 3 ? "mobile" : "stationary"
        });
}
