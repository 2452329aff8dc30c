using Celadon.Tests.Crash;

namespace Celadon.Tests.Cli;

/// <summary>What an import remembers outside the chain: shown, forgotten, erased.</summary>
public sealed class ImportMemoryTests : IDisposable
{
    private readonly Works _works = new();

    public void Dispose() => _works.Dispose();

    private Task<Ran> Run(params string[] line) =>
        Terminal.Run(_works.Root, [.. line, "--workspace", _works.Folder]);

    [Fact]
    public async Task A_template_is_listed_by_name_and_forgotten()
    {
        _works.Write("elec-2025.csv", "From,To,Electricity (kWh)\n13/01/2025,31/01/2025,1000\n");
        (await Run("import", "elec-2025.csv", "--yes")).Ends(0);
        var listed = (await Run("import", "--templates", "--json")).Ends(0);
        Assert.Equal("elec-#", Assert.Single(listed.Json.EnumerateArray()).GetProperty("name").GetString());
        Assert.Contains("elec-#", (await Run("import", "--templates")).Ends(0).Out, StringComparison.Ordinal);
        (await Run("import", "--forget", "elec-#")).Ends(0);
        Assert.Empty((await Run("import", "--templates", "--json")).Ends(0).Json.EnumerateArray());
        Assert.Equal("import.template.none",
            (await Run("import", "--forget", "elec-#", "--json")).Ends(3).Refused);
    }

    [Fact]
    public async Task A_name_is_kept_and_erased_and_the_chain_still_verifies()
    {
        _works.Write("people.csv", "Actor,Name,Role\ntests,Jo Bloggs,energy engineer\n");
        var done = (await Run("import", "people.csv", "--yes", "--json")).Ends(0);
        Assert.Equal(1, done.Json.GetProperty("names").GetInt32());
        using (var books = _works.Open())
            Assert.Equal("Jo Bloggs (energy engineer)", books.ActorName("tests"));
        (await Run("import", "--erase-actor", "tests")).Ends(0);
        using (var books = _works.Open()) Assert.Null(books.ActorName("tests"));
        (await Run("verify")).Ends(0);
        Assert.Equal("import.actor.none",
            (await Run("import", "--erase-actor", "tests", "--json")).Ends(3).Refused);
    }

    [Fact]
    public async Task Without_files_the_verb_says_what_it_takes() => (await Run("import")).Ends(2);
}
