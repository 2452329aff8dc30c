using Celadon.Packs;
using Celadon.Store;
using Celadon.Text;
using NodaTime;

namespace Celadon.Cli;

/// <summary>
/// What a verb works with: where to write, what it reads, in which folder and language, and the workspace.
/// The same verb runs in its own process or inside a running server that has the workspace.
/// </summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Folder">The folder the person stands in.</param>
/// <param name="IsTerminal">True when a person can be asked.</param>
/// <param name="Variables">Environment: CELADON_WORKSPACE, CELADON_LANG.</param>
/// <param name="Held">The workspace that the running server has, or null.</param>
internal sealed record VerbContext(
    TextWriter Out, TextWriter Error, Stream Input, string Folder, bool IsTerminal,
    IReadOnlyDictionary<string, string> Variables, Workspace? Held)
{
    /// <summary>Findings of one cause that are printed unless all are asked for.</summary>
    private const int PlacesOfACause = 3;

    /// <summary>Texts in the person's language.</summary>
    public Catalogue Text { get; init; } = Catalogue.English;

    /// <summary>True when a line on standard error may be written over.</summary>
    public bool IsLive { get; init; }

    /// <summary>True when JSON was asked for.</summary>
    public bool Json { get; init; }

    /// <summary>The workspace named by --workspace, or null.</summary>
    public string? Named { get; init; }

    /// <summary>
    /// The workspace's folder: --workspace, the current folder when it is one, CELADON_WORKSPACE.
    /// </summary>
    /// <exception cref="RefusedException">workspace.none: none of them is a workspace.</exception>
    public string WorkspaceFolder()
    {
        if (Named is not null) return Path.GetFullPath(Named, Folder);
        if (Workspace.IsWorkspace(Folder)) return Folder;
        if (Variables.TryGetValue("CELADON_WORKSPACE", out var set) && set.Length > 0)
            return Path.GetFullPath(set, Folder);
        throw RefusedException.Of("workspace.none", ("path", Folder));
    }

    /// <summary>True when a workspace is named, set, or stood in.</summary>
    public bool HasWorkspace => Held is not null || Named is not null || Workspace.IsWorkspace(Folder)
        || (Variables.TryGetValue("CELADON_WORKSPACE", out var set) && set.Length > 0);

    /// <summary>Opens the workspace, or gives the one the server has; use it through the lease.</summary>
    public Lease Open() => Held is not null ? new Lease(Held, false)
        : Opened(Workspace.Open(WorkspaceFolder(), Options()));

    private Lease Opened(Workspace workspace)
    {
        foreach (var finding in workspace.Health) Print(finding);
        return new Lease(workspace, true);
    }

    /// <summary>How workspaces are opened from the command line.</summary>
    public static WorkspaceOptions Options(TimeSpan? wait = null) =>
        new(SystemClock.Instance, Shipped.Packs, "local", wait ?? TimeSpan.FromMilliseconds(500));

    /// <summary>Prints a finding with its place and remedy to standard error.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="names">What its codes are called; null to print them as they are.</param>
    public void Print(Finding finding, CodeNames? names = null)
    {
        PrintLine(finding, names);
        if (Text.Remedy(finding) is { } remedy) Error.WriteLine($"  → {remedy}");
    }

    /// <summary>
    /// Prints many findings by cause, errors first: of each cause the first three with their places, how many
    /// more there are, and the remedy once.
    /// </summary>
    /// <param name="findings">The findings.</param>
    /// <param name="all">True to print every one of them.</param>
    public void PrintByCause(IEnumerable<Finding> findings, bool all)
    {
        foreach (var cause in findings.GroupBy(f => (f.Severity, f.Code))
            .OrderByDescending(g => g.Key.Severity).Select(g => g.ToList()))
        {
            var shown = all ? cause.Count : Math.Min(cause.Count, PlacesOfACause);
            foreach (var finding in cause.Take(shown)) PrintLine(finding, null);
            if (cause.Count > shown)
                Error.WriteLine("  " + Text.Text("cli.cause.more", ("count", cause.Count - shown),
                    ("of", cause.Count), ("code", cause[0].Code)));
            if (Text.Remedy(cause[0]) is { } remedy) Error.WriteLine($"  → {remedy}");
        }
    }

    private void PrintLine(Finding finding, CodeNames? names) =>
        Error.WriteLine($"{Text.Text("severity." + finding.Severity.ToString().ToLowerInvariant())} " +
            Table.Plain($"{Where(finding.Place)}{names?.Render(finding) ?? Text.Render(finding)}")
            + $" [{finding.Code}]");

    private string Where(Place? place)
    {
        if (place is null) return "";
        var parts = new List<string>();
        if (place.File is { } file) parts.Add(file);
        if (!string.IsNullOrEmpty(place.Sheet)) parts.Add(place.Sheet);
        if (place.Row is { } row) parts.Add(Text.Text("place.row", ("row", row)));
        if (place.Column is { } column) parts.Add(Text.Text("place.column", ("column", column)));
        if (place.Record is { } record) parts.Add(Text.Text("place.record", ("record", record)));
        if (place.Pointer is { } pointer) parts.Add(pointer);
        return parts.Count == 0 ? "" : string.Join(' ', parts) + ": ";
    }

    /// <summary>A workspace for the length of a verb.</summary>
    public sealed class Lease(Workspace workspace, bool owned) : IDisposable
    {
        /// <summary>The workspace.</summary>
        public Workspace Workspace { get; } = workspace;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (owned) Workspace.Dispose();
        }
    }
}
