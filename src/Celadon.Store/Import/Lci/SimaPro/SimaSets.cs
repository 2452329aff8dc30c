using System.Collections.Immutable;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>
/// Reads what a method does with scores: damage categories, and sets for normalisation and weighting. A set
/// names damage categories where the method has them, else impact categories.
/// </summary>
/// <param name="file">The file of the method.</param>
/// <param name="method">Its name.</param>
/// <param name="sections">Its sections.</param>
/// <param name="own">Identifiers of its impact categories by name.</param>
/// <param name="notes">Hears of what is not carried over.</param>
internal sealed class SimaSets(SimaFile file, string method, List<SimaSection> sections,
    IReadOnlyDictionary<string, string> own, LciNotes notes)
{
    /// <summary>The damage categories: name; unit, and below it impact categories with a factor.</summary>
    /// <exception cref="UnusableException">
    /// A category stands twice or is not one of the method, or a factor is no number: the damage would be too
    /// low.
    /// </exception>
    public ImmutableArray<LciDamage> Damages()
    {
        var damages = ImmutableArray.CreateBuilder<LciDamage>();
        for (var i = 0; i < sections.Count; i++)
        {
            if (sections[i] is not { Heading: "Damage category", Rows: [var head, ..] }) continue;
            if (damages.Any(d => d.Name == head.Name())) throw head.Wrong("Damage category", head[0]);
            var parts = sections.Skip(i + 1).TakeWhile(s => s.Heading == "Impact categories")
                .SelectMany(s => s.Rows).ToList();
            if (parts.Find(r => !own.ContainsKey(r[0])) is { } unknown)
                throw unknown.Wrong("Impact categories", unknown[0]);
            damages.Add(new(NamedId.Of("simapro", "damage", method, head[0]), head[0], head[1],
                [.. Once(parts).Select(p => new LciDamageFactor(own[p.Name], p.Value))]));
        }
        return damages.ToImmutable();
    }

    /// <summary>The sets. What they say of no category of the method is counted.</summary>
    /// <param name="damages">The damage categories of the method.</param>
    /// <param name="unit">Unit of weighted scores.</param>
    /// <exception cref="UnusableException">A factor is no number, or stands twice.</exception>
    public ImmutableArray<LciWeighting> Sets(ImmutableArray<LciDamage> damages, string unit)
    {
        var known = new Dictionary<string, string>(own, StringComparer.Ordinal);
        foreach (var damage in damages) known[damage.Name] = damage.Id;
        var sets = ImmutableArray.CreateBuilder<LciWeighting>();
        for (var i = 0; i < sections.Count; i++)
        {
            if (sections[i].Heading != "Normalization-Weighting set") continue;
            var title = sections[i].Text.Trim();
            var parts = sections.Skip(i + 1).TakeWhile(s => s.Heading is "Normalization" or "Weighting")
                .ToList();
            Dictionary<string, double> Of(string heading) => Once(parts.Where(p => p.Heading == heading)
                .SelectMany(p => p.Rows).Where(r => known.ContainsKey(r[0])))
                .ToDictionary(r => r.Name, r => r.Value, StringComparer.Ordinal);
            var (normal, weight) = (Of("Normalization"), Of("Weighting"));
            notes.NotCarried(title, parts.Sum(p => p.Rows.Count(r => !known.ContainsKey(r[0]))));
            notes.NotCarried($"{title}: Normalization 0", normal.Values.Count(n => n == 0));
            if (normal.Count + weight.Count == 0) continue;
            // The format states what to multiply with, the model what to divide by.
            sets.Add(new(NamedId.Of("simapro", "set", method, title), title, unit,
                [.. known.Where(c => normal.ContainsKey(c.Key) || weight.ContainsKey(c.Key)).Select(c =>
                    new LciWeightingFactor(c.Value,
                        normal.TryGetValue(c.Key, out var n) && n != 0 ? 1 / n : null,
                        weight.TryGetValue(c.Key, out var w) ? w : null))]));
        }
        return sets.ToImmutable();
    }

    /// <summary>Names with their numbers; the same twice is an error unless the number is the same.</summary>
    private IEnumerable<(string Name, double Value)> Once(IEnumerable<SimaRow> rows)
    {
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var value = file.Number(row[1]) ?? throw row.Wrong(row[0], row[1]);
            if (seen.TryAdd(row[0], value)) yield return (row[0], value);
            else if (seen[row[0]] != value) throw row.Wrong(row[0], row[1]);
        }
    }
}
