using Celadon.Tests.Crash;

namespace Celadon.Tests.Cli;

/// <summary>
/// The example workspace, built once by the verb that builds it. Tests that write take a copy.
/// </summary>
public sealed class DemoBooks : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("celadon-demo-").FullName;

    /// <summary>The workspace.</summary>
    public string Folder => Path.Combine(_root, "books");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        (await Terminal.Run(_root, "demo", "--no-serve", "--workspace", Folder)).Ends(0);

    /// <summary>A copy to write to.</summary>
    internal Works Copy() => new(Folder);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Classes that share the example workspace.</summary>
[CollectionDefinition("demo")]
public sealed class DemoCollection : ICollectionFixture<DemoBooks>;
