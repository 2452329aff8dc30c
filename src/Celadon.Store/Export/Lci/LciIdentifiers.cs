using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Identifiers as a format can keep them. Others become UUIDs made of them, the same in every export.
/// </summary>
internal sealed class LciIdentifiers(string format, Func<string, bool> fits)
{
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    /// <summary>How many did not fit.</summary>
    public int Replaced => _replaced.Count;

    /// <summary>The database with identifiers that fit.</summary>
    public LciDatabase Within(LciDatabase d) => d with
    {
        UnitGroups = [.. d.UnitGroups.Select(g => g with
        {
            Id = Of(g.Id),
            DefaultProperty = Of(g.DefaultProperty),
            Units = [.. g.Units.Select(u => u with { Id = Of(u.Id) })],
        })],
        FlowProperties = [.. d.FlowProperties.Select(p => p with
        {
            Id = Of(p.Id),
            UnitGroup = Of(p.UnitGroup),
        })],
        Currencies = [.. d.Currencies.Select(c => c with { Id = Of(c.Id), Reference = Of(c.Reference) })],
        Locations = [.. d.Locations.Select(l => l with { Id = Of(l.Id) })],
        Flows = [.. d.Flows.Select(f => f with
        {
            Id = Of(f.Id),
            Location = Of(f.Location),
            Properties = [.. f.Properties.Select(p => p with { Property = Of(p.Property) })],
        })],
        Processes = [.. d.Processes.Select(Process)],
        Categories = [.. d.Categories.Select(c => c with
        {
            Id = Of(c.Id),
            Factors = [.. c.Factors.Select(f => f with
            {
                Flow = Of(f.Flow),
                Unit = Of(f.Unit),
                Property = Of(f.Property),
                Location = Of(f.Location),
            })],
        })],
        Methods = [.. d.Methods.Select(m => m with
        {
            Id = Of(m.Id),
            Categories = [.. m.Categories.Select(Of)],
            Damages = [.. m.Damages.Select(x => x with
            {
                Id = Of(x.Id),
                Factors = [.. x.Factors.Select(f => f with { Category = Of(f.Category) })],
            })],
            Weightings = [.. m.Weightings.Select(w => w with
            {
                Id = Of(w.Id),
                Factors = [.. w.Factors.Select(f => f with { Category = Of(f.Category) })],
            })],
        })],
        Parameters = [.. d.Parameters.Select(p => p with { Id = Of(p.Id) })],
        Systems = [.. d.Systems.Select(s => s with
        {
            Id = Of(s.Id),
            Process = Of(s.Process),
            Unit = Of(s.Unit),
            Property = Of(s.Property),
            Links = [.. s.Links.Select(l => l with
            {
                Process = Of(l.Process),
                Provider = Of(l.Provider),
                Flow = Of(l.Flow),
            })],
        })],
    };

    private LciProcess Process(LciProcess p) => p with
    {
        Id = Of(p.Id),
        Location = Of(p.Location),
        Exchanges = [.. p.Exchanges.Select(e => e with
        {
            Flow = Of(e.Flow),
            Unit = Of(e.Unit),
            Property = Of(e.Property),
            Provider = Of(e.Provider),
            Location = Of(e.Location),
            Currency = Of(e.Currency),
        })],
        AllocationFactors = [.. p.AllocationFactors.Select(f => f with { Product = Of(f.Product) })],
    };

    /// <summary>An identifier that fits, made of one that may not; empty stays empty.</summary>
    public string Of(string id)
    {
        if (id.Length == 0 || fits(id)) return id;
        _replaced.Add(id);
        return NamedId.Of(format, "id", id);
    }
}
