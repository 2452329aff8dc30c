using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using static Celadon.Tests.Packs.PacksUnderTest;

namespace Celadon.Tests.Packs;

/// <summary>Ids of the books read as names: registers first, then the catalogue of resources.</summary>
public sealed class BookNamesTests
{
    private static readonly RegisterSet Registers = RegisterSet.From([
        Version(1, "product", new Product { Id = "ware", Unit = "t", Name = new Name("Ware", "陶瓷") }),
        Version(2, "component", new Component
        {
            Id = "ware/paste", Product = "ware", Item = "own-paste", Amount = Amount.One, Unit = "kg",
            Name = new Name("Paste", "泥浆"),
        }),
        Version(3, "supplier", new Supplier { Id = "longyuan", Name = new Name("Longyuan", "龙源") })]);

    [Theory]
    [InlineData("en", "product", "ware", "Ware")]
    [InlineData("zh", "product", "ware", "陶瓷")]
    [InlineData("zh", "items", "ware, own-paste, natural-gas, word", "陶瓷、泥浆、天然气、word")]
    [InlineData("zh", "chain", "ware → own-paste → ware", "陶瓷 → 泥浆 → 陶瓷")]
    [InlineData("zh", "supplier", "longyuan", "龙源")]
    [InlineData("zh", "product", "no-such", null)]
    [InlineData("zh", "path", "ware", null)]
    public void An_id_is_called_by_the_argument_it_stands_in(
        string language, string argument, string value, string? name) =>
        Assert.Equal(name, new BookNames(Registers, Library, Catalogue.For(language))
            .OfArgument(argument, value));

    private static (long, RegisterRecord) Version(long position, string type, RegisterItem item) =>
        (position, new RegisterRecord(type, item.Id, RegisterSet.Write(item)));
}
