using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>Refusals of the products lens that point at a place in the spec.</summary>
internal static class Refusal
{
    /// <summary>A refusal at a JSON Pointer into the spec.</summary>
    public static RefusedException At(string code, string pointer,
        params (string Name, object Value)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(Pointer: pointer), [("where", pointer), .. args]));
}
