using System.Text;
using Celadon.Registers;
using Celadon.Store.Import.Detection;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// What the words of a bill of materials mean: a product of the register, a resource, else an id of their
/// own, so that a purchase in the books and a line of a bill meet under one id.
/// </summary>
internal sealed class BillNames(RegisterSet registers)
{
    private readonly Dictionary<string, string> _products = Products(registers);
    private readonly HashSet<string> _items = [.. registers.Of<Component>().Select(c => c.Item)];

    /// <summary>The id that a component is known by.</summary>
    /// <param name="item">Its number or name.</param>
    /// <param name="name">Its name where the number stands apart.</param>
    public string Of(string item, string? name) => _items.Contains(item) ? item
        : Known(item) ?? (name is null ? null : Known(name)) ?? Slug(item);

    /// <summary>
    /// The name as it is written; none where it is but the id. Columns of one language each come first.
    /// </summary>
    public static Name NameOf(string written, string item, string? english, string? chinese) =>
        english is not null || chinese is not null ? new Name(english, chinese)
            : written == item ? new Name()
            : written.Any(c => c > '\u2E80') ? new Name(Zh: written) : new Name(written);

    private string? Known(string text) => _products.GetValueOrDefault(Vocabulary.Plain(text))
        ?? Vocabulary.Shared.ExactResourceOf(text);

    private static Dictionary<string, string> Products(RegisterSet registers)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var product in registers.Of<Product>())
            foreach (var text in new[] { product.Id, product.Name.En, product.Name.Zh }.OfType<string>())
                known.TryAdd(Vocabulary.Plain(text), product.Id);
        return known;
    }

    /// <summary>Small letters and digits with single dashes: "RM-10 / 4" is "rm-10-4".</summary>
    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.Length == 0 ? "-" : slug.ToString().TrimEnd('-');
    }
}
