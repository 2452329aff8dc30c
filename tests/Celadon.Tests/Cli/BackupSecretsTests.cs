using Celadon.Cli;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Tests.Cli;

/// <summary>Secrets for partners stay out of a backup, and both sides of it say so.</summary>
public sealed class BackupSecretsTests : IDisposable
{
    private const string Secret = "what builder gave us";
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-secrets-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_backup_says_whose_are_left_out_and_the_restored_books_until_they_are_given_again()
    {
        (await Run("init", "--workspace", "books")).Ends(0);
        var customer = (await In("books", "customer", "builder")).Ends(0).Out;
        await File.WriteAllTextAsync(Path.Combine(_folder, "given.txt"), Secret,
            TestContext.Current.CancellationToken);
        (await Given("books")).Ends(0);
        Assert.DoesNotContain("exchange.secrets", (await In("books", "requests")).Ends(0).Error,
            StringComparison.Ordinal);

        var backup = (await Run("backup", "copy", "--workspace", "books")).Ends(0);
        Assert.Contains("[exchange.secretsLeftOut]", backup.Error, StringComparison.Ordinal);
        Assert.Contains("builder", backup.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "copy"), "*",
            SearchOption.AllDirectories))
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file,
                TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var restored = (await In("copy", "list")).Ends(0);
        Assert.Contains("[exchange.secretsGone]", restored.Error, StringComparison.Ordinal);
        using (var books = Workspace.Open(Path.Combine(_folder, "copy"), VerbContext.Options()))
            Assert.Equal("exchange.noSecret", Assert.Throws<RefusedException>(() =>
                new Correspondence(new Footprints(books)).Known("builder")).Finding.Code);
        // A backup of the restored books still knows what is missing.
        (await Run("backup", "second", "--workspace", "copy")).Ends(0);
        Assert.Contains("[exchange.secretsGone]", (await In("second", "list")).Ends(0).Error,
            StringComparison.Ordinal);

        (await Given("copy")).Ends(0);
        Assert.DoesNotContain("exchange.secrets", (await In("copy", "list")).Ends(0).Error,
            StringComparison.Ordinal);
        (await In("second", "peer", "builder", "--remove")).Ends(0);
        Assert.DoesNotContain("exchange.secrets", (await In("second", "list")).Ends(0).Error,
            StringComparison.Ordinal);
        Assert.Contains("builder", customer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_partners_nothing_is_said_and_nothing_is_written()
    {
        (await Run("init", "--workspace", "books")).Ends(0);
        var backup = (await Run("backup", "copy", "--workspace", "books")).Ends(0);
        Assert.DoesNotContain("exchange.secrets", backup.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "copy", "peers.secret")));
    }

    private Task<Ran> Given(string books) => In(books, "peer", "builder", "--address",
        "https://footprints.builder.example", "--client", "potters", "--secret-file", "given.txt");

    private Task<Ran> In(string books, params string[] words) =>
        Run(["footprint", .. words, "--workspace", books]);

    private Task<Ran> Run(params string[] words) => Terminal.Run(_folder, words);
}
